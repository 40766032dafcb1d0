using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>However a foreign tag's script is asked for, it never comes from the site's origin, even if Google would serve it there.</summary>
public sealed class ForeignRequestTests
{
    private const string Tag = "https://www.googletagmanager.com/gtm.js?id=GTM-EVIL";

    [Theory]
    [InlineData("/f807?id=GTM-EVIL", Tag)]
    [InlineData("/f807/?id=GTM-EVIL", Tag)]
    [InlineData("/f807/?id=gtm-evil", Tag)]
    [InlineData("/f807/?id=GTM-EVIL&id=G-MAIN1", Tag)]
    [InlineData("/f807/?id=G-MAIN1&id=GTM-EVIL", Tag)]
    [InlineData("/f807/?id=G-MAIN1&ID=GTM-EVIL", Tag)]
    [InlineData("/f807/?ID=GTM-EVIL", Tag)]
    [InlineData("/f807/?Id=GTM-EVIL", Tag)]
    [InlineData("/f807/?%69d=GTM-EVIL", Tag)]
    [InlineData("/f807/?i%64=GTM-EVIL", Tag)]
    [InlineData("/f807/?%69%44=GTM-EVIL", Tag)]
    [InlineData("/f807/?%2569d=GTM-EVIL", Tag)]
    [InlineData("/f807/?+id=GTM-EVIL", Tag)]
    [InlineData("/f807/?%20id=GTM-EVIL", Tag)]
    [InlineData("/f807/?id+=GTM-EVIL", Tag)]
    [InlineData("/f807/?id=G%54M-EVIL", Tag)]
    [InlineData("/f807/?id=%47%54%4d%2d%45%56%49%4c", Tag)]
    [InlineData("/f807/?id=GTM%252DEVIL", Tag)]
    [InlineData("/f807/?id=+GTM-EVIL+", Tag)]
    [InlineData("/f807/?l=x&id=GTM-EVIL", Tag + "&l=x")]
    [InlineData("/f807/?l=x;id=GTM-EVIL", Tag + "&l=x")]
    [InlineData("/f807/?id=G-MAIN1;id=GTM-EVIL", Tag)]
    [InlineData("/f807/?;id=GTM-EVIL", Tag)]
    [InlineData("/f807/?&&id=GTM-EVIL&", Tag)]
    [InlineData("/f807/?x=1&amp;id=GTM-EVIL", Tag + "&x=1&amp")]
    [InlineData("/f807/?id=GTM-EVIL&gtm_debug=x&l=%0d%0aX:y", Tag + "&gtm_debug=x&l=%0d%0aX:y")]
    [InlineData("/f807/?validate_geo=healthy&id=GTM-EVIL", Tag + "&validate_geo=healthy")]
    [InlineData("/f807//?id=GTM-EVIL", Tag)]
    [InlineData("/f807/gtm.js?id=GTM-EVIL", Tag)]
    [InlineData("/f807/GTM.JS?id=GTM-EVIL", Tag)]
    [InlineData("/f807/gtm%2ejs?id=GTM-EVIL", Tag)]
    [InlineData("/f807/gtm.js/?id=GTM-EVIL", Tag)]
    [InlineData("/f807/gtag/js?id=GTM-EVIL", Tag)]
    [InlineData("/f807/gtag%2Fjs?id=GTM-EVIL", Tag)]
    [InlineData("/f807/gtag%2fjs?id=AW-666", "https://www.googletagmanager.com/gtag/js?id=AW-666")]
    [InlineData("/f807/?id=G-EVIL", "https://www.googletagmanager.com/gtag/js?id=G-EVIL")]
    [InlineData("/f807/gtd?id=AW-666&cx=c", "https://www.googletagmanager.com/gtag/destination?id=AW-666&cx=c")]
    [InlineData("/f807/gtag/destination?id=AW-666", "https://www.googletagmanager.com/gtag/destination?id=AW-666")]
    [InlineData("http://shop.example/f807/?id=GTM-EVIL", Tag)]
    public async Task Script_ForeignIdNamed_SentToGoogle(string target, string location)
    {
        await using var google = Hostile();
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        foreach (var method in new[] { "GET", "HEAD", "POST", "OPTIONS", "BANANA" })
        {
            var response = await gateway.SendAsync($"{method} {target} HTTP/1.1\r\nHost: shop.example\r\n\r\n");

            Assert.Equal(302, response.Status);
            Assert.Equal(location, response.Header("Location"));
            Assert.Equal("no-store", response.Header("Cache-Control"));
        }

        // A container of the site might name the id: they are asked once, and nobody else.
        Assert.Equal(["/f807/?id=G-MAIN1", "/f807/?id=G-OTHER2"], google.TakeAll().Select(request => request.Target).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/f807/?id=G-MAIN1%26id%3DGTM-EVIL")]
    [InlineData("/f807/?id=G-MAIN1%00GTM-EVIL")]
    [InlineData("/f807/?id=G-MAIN1,GTM-EVIL")]
    [InlineData("/f807/?id=G-MAIN1%20GTM-EVIL")]
    [InlineData("/f807/?id=//evil.example/")]
    [InlineData("/f807/?id=evil.example/G-MAIN1")]
    [InlineData("/f807/?id=@evil.example")]
    [InlineData("/f807/?id=%0d%0aLocation:x")]
    [InlineData("/f807/?id=G-MA%c4%b0N1")]
    [InlineData("/f807/?id=G-MAIN1&id=x")]
    public async Task Script_IdThatIsNone_Refused(string target)
    {
        await using var google = Hostile();
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        var response = await gateway.SendAsync($"GET {target} HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        Assert.Equal(400, response.Status);
        Assert.True(google.IsEmpty);
    }

    /// <summary>What the request does not tell, the answer does.</summary>
    [Theory]
    [InlineData("GET", "/f807/")]
    [InlineData("GET", "/f807/?id=")]
    [InlineData("GET", "/f807/?id[]=GTM-EVIL")]
    [InlineData("GET", "/f807/?id%5b%5d=GTM-EVIL")]
    [InlineData("GET", "/f807/?id%00=GTM-EVIL")]
    [InlineData("GET", "/f807/?container=GTM-EVIL")]
    [InlineData("GET", "/f807/?%252569d=GTM-EVIL")]
    [InlineData("GET", "/f807/?x=%26id=GTM-EVIL")]
    [InlineData("GET", "/f807/?validate_geo=healthy")]
    [InlineData("GET", "/f807/gtm.js;x?id=GTM-EVIL")]
    [InlineData("GET", "/f807/gtm.js%3Fid=GTM-EVIL")]
    [InlineData("GET", "/f807/x/gtm.js?id=GTM-EVIL")]
    [InlineData("GET", "/f807//gtm.js?id=GTM-EVIL")]
    [InlineData("GET", "/f807/gtag%252Fjs?id=GTM-EVIL")]
    [InlineData("GET", "/f807/C_mYUAFo3kAbCdEfGhIjKlMnOp")]
    [InlineData("GET", "/f807/_/service_worker/65j1/sw.js")]
    [InlineData("GET", "/f807/_/service_worker/65j1/sw_iframe.html")]
    [InlineData("GET", "/f807/a/b/c/d")]
    [InlineData("GET", "/f807/ag/g/c?v=2")]
    [InlineData("POST", "/f807/")]
    [InlineData("PUT", "/f807/x")]
    [InlineData("OPTIONS", "/f807/")]
    [InlineData("BANANA", "/f807/")]
    public async Task Script_ForeignOneAnswered_IsNotServed(string method, string target)
    {
        await using var google = Hostile();
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        foreach (var body in new[] { "", "?id=GTM-EVIL", "/gtm.js?id=GTM-EVIL\r\n", "id=GTM-EVIL" })
        {
            var response = await gateway.SendAsync(
                $"{method} {target} HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}");

            Script.AssertNotServed(response);
            Assert.Equal(302, response.Status);
        }
    }

    private static RawUpstream Hostile()
    {
        var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: application/javascript\r\nCache-Control: private, max-age=900\r\n", Encoding.UTF8.GetBytes(Script.Foreign)));
        return google;
    }
}
