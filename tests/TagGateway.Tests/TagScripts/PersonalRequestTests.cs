using Microsoft.AspNetCore.Http;
using TagGateway.TagScripts;

namespace TagGateway.Tests.TagScripts;

public sealed class PersonalRequestTests
{
    [Theory]
    [InlineData("?gtm_debug=1")]
    [InlineData("?id=G-A&gtm_debug=x&l=y")]
    [InlineData("?id=G-A&gtm_preview=env-1")]
    [InlineData("?id=G-A&gtm_auth=abc")]
    [InlineData("?id=G-A&gtm_cookies_win=x")]
    [InlineData("?id=G-A&GTM_Debug=1")]
    [InlineData("?id=G-A&gtm_debug")]
    [InlineData("?id=G-A&gtm_debug=")]
    [InlineData("?id=G-A;gtm_debug=1")]
    [InlineData("?gtm%5fdebug=1")]
    [InlineData("?gtm%5Fdebug=1")]
    [InlineData("?%67tm_debug=1")]
    [InlineData("?%67%74%6d%5f%64%65%62%75%67=1")]
    [InlineData("?gtm%255fdebug=1")]
    [InlineData("?+gtm_debug=1")]
    [InlineData("?%20gtm_auth+=1")]
    public void Is_PreviewOrDebugParameter_HoweverItIsSpelled(string query) => Assert.True(Is(query));

    [Theory]
    [InlineData("")]
    [InlineData("?id=G-A&l=dataLayer&cx=c&gtm=45He&fps=s&is_td=1&sign=x")]
    [InlineData("?x=gtm_debug")]
    [InlineData("?x=&gtm_debugger=1")]
    [InlineData("?xgtm_debug=1")]
    [InlineData("?gtm=gtm_preview")]
    [InlineData("?gtm%=1")]
    [InlineData("?gtm%zzdebug=1")]
    [InlineData("?=gtm_debug")]
    public void Is_OtherParameters_AreNobodys(string query) => Assert.False(Is(query));

    [Theory]
    [InlineData("__TAG_ASSISTANT=x", true)]
    [InlineData("a=b; __TAG_ASSISTANT=x", true)]
    [InlineData("a=b;gtm_debug=1;c=d", true)]
    [InlineData("gtm_preview=; c=d", true)]
    [InlineData(" gtm_auth = x", true)]
    [InlineData("GTM_AUTH=x", true)]
    [InlineData("", false)]
    [InlineData(";;=;", false)]
    [InlineData("__TAG_ASSISTANT", false)]
    [InlineData("_ga=GA1.1.2; session=__TAG_ASSISTANT=x", false)]
    [InlineData("x__TAG_ASSISTANT=1", false)]
    [InlineData("session=1; _ga=2; FPID=3", false)]
    public void Is_Cookies_OnlyThoseOfADebugSession(string cookies, bool expected) => Assert.Equal(expected, Is("", ("Cookie", cookies)));

    [Fact]
    public void Is_CookiesOnSeveralLines_AreAllRead()
    {
        var headers = new HeaderDictionary { ["Cookie"] = new[] { "a=b", "gtm_debug=1" } };

        Assert.True(PersonalRequest.Is(headers, ""));
    }

    [Theory]
    [InlineData("X-Gtm-Server-Preview", "ZW52", true)]
    [InlineData("x-gtm-server-preview", "", true)]
    [InlineData("X-Gtm-Preview", "x", false)]
    [InlineData("Cache-Control", "no-cache", false)]
    [InlineData("Pragma", "no-cache", false)]
    public void Is_Header_OnlyThatOfAPreview(string name, string value, bool expected) => Assert.Equal(expected, Is("", (name, value)));

    private static bool Is(string query, params (string Name, string Value)[] headers)
    {
        var request = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            request[name] = value;
        }

        return PersonalRequest.Is(request, ScriptRequest.Parse("/", query, isLoad: true)!.Parameters);
    }
}
