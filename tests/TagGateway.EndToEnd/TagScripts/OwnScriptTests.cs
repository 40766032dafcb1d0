using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>The site's own scripts pass byte for byte; what they teach is used against foreign tokens.</summary>
public sealed class OwnScriptTests
{
    private const string Caching = "Cache-Control: private, max-age=900\r\nExpires: Mon, 01 Jan 2035 00:00:00 GMT\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\nETag: W/\"x\"\r\nVary: Accept-Encoding\r\n";

    [Theory]
    [InlineData("identity", "G-MAIN1", "")]
    [InlineData("gzip", "G-MAIN1", "")]
    [InlineData("br", "G-OTHER2", "")]
    [InlineData("identity", "g-main1", "")]
    [InlineData("gzip", "GT-ALIAS", "GT-ALIAS|G-MAIN1")]
    [InlineData("br", "GTM-ALIAS", "G-OTHER2")]
    public async Task Script_OwnOrAlias_ServedByteForByte(string coding, string id, string aliases)
    {
        var body = Script.Encode(Script.Of(id, aliases) + "/*é\0*/", coding);
        var encoding = coding == "identity" ? "" : $"Content-Encoding: {coding}\r\n";
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer($"Content-Type: application/javascript; charset=UTF-8\r\n{encoding}{Caching}", body));
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        foreach (var target in new[] { "/f807/", "/f807/?id=G-MAIN1&l=dl", "/f807/gtag/js?id=g-other2", "/f807/C_mYUAFo3kAbCdEf" })
        {
            var response = await gateway.SendAsync($"GET {target} HTTP/1.1\r\nHost: shop.example\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n");

            Assert.Equal(200, response.Status);
            Assert.Equal(body, response.Body);
            Assert.Equal(coding == "identity" ? null : coding, response.Header("Content-Encoding"));
            Assert.Equal("application/javascript; charset=UTF-8", response.Header("Content-Type"));
            foreach (var line in Caching.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.Contains(line, response.Head, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Script_WithoutABlob_ServedByteForByte()
    {
        var body = Encoding.UTF8.GetBytes("""var blob={"5":"G-X"};var s="blob";""");
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\n", body));
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        var response = await gateway.SendAsync("GET /f807/_/service_worker/65j1/sw.js HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        Assert.Equal(body, response.Body);
    }

    [Fact]
    public async Task Script_OwnOverHead_HeadersOnly()
    {
        await using var google = new RawUpstream();
        google.AnswerWith("HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: 5000\r\n\r\n");
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        var response = await gateway.SendAsync("HEAD /f807/?id=G-MAIN1 HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        Assert.Equal(200, response.Status);
        Assert.Equal("5000", response.Header("Content-Length"));
    }

    [Fact]
    public async Task Script_PartOfAnOwnOneAskedFor_Comes()
    {
        await using var google = new RawUpstream();
        google.AnswerWith("HTTP/1.1 206 Partial Content\r\nContent-Type: text/javascript\r\nContent-Range: bytes 0-2/9\r\nContent-Length: 3\r\n\r\nvar");
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        var response = await gateway.SendAsync("GET /f807/?id=G-MAIN1 HTTP/1.1\r\nHost: shop.example\r\nRange: bytes=0-2\r\nIf-Range: \"x\"\r\n\r\n");
        var request = await google.NextAsync();

        Assert.Equal("bytes=0-2", request.Header("Range"));
        Assert.Equal("\"x\"", request.Header("If-Range"));
        Assert.Equal((206, "var"), (response.Status, response.Text));
    }

    /// <summary>Whose script it is a part of, nobody knows.</summary>
    [Fact]
    public async Task Unknown_PartAskedFor_WholeIsAskedUpstream()
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        await gateway.SendAsync("GET /f807/someopaquetoken HTTP/1.1\r\nHost: shop.example\r\nRange: bytes=0-9\r\nIf-Range: \"x\"\r\n\r\n");
        var request = await google.NextAsync();

        Assert.Null(request.Header("Range"));
        Assert.Null(request.Header("If-Range"));
    }

    [Theory]
    [InlineData("?id=GTM-EVIL", "https://www.googletagmanager.com/gtm.js?id=GTM-EVIL")]
    [InlineData("?id=GTM-EVIL&cx=c&gtm=45", "https://www.googletagmanager.com/gtm.js?id=GTM-EVIL&cx=c&gtm=45")]
    [InlineData("/?id=GTM-EVIL", "https://www.googletagmanager.com/gtm.js?id=GTM-EVIL")]
    [InlineData("gtd?id=AW-666&cx=c", "https://www.googletagmanager.com/gtag/destination?id=AW-666&cx=c")]
    [InlineData("gtag/js?id=G-EVIL", "https://www.googletagmanager.com/gtag/js?id=G-EVIL")]
    [InlineData("?%69d=GTM-EVIL", "https://www.googletagmanager.com/gtm.js?id=GTM-EVIL")]
    [InlineData("?id=G-MAIN1;ID=GTM-EVIL", "https://www.googletagmanager.com/gtm.js?id=GTM-EVIL")]
    public async Task Token_MadeWithALearntKeyNamesAForeignId_SentToGoogle(string hidden, string location)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\n", Encoding.UTF8.GetBytes(Script.Of("G-MAIN1", hasKey: true))));
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        await gateway.SendAsync("GET /f807/?id=G-MAIN1 HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        await google.NextAsync();

        foreach (var method in new[] { "GET", "POST" })
        {
            var response = await gateway.SendAsync($"{method} /f807/{Script.Token(hidden)} HTTP/1.1\r\nHost: shop.example\r\n\r\n");

            Assert.Equal(302, response.Status);
            Assert.Equal(location, response.Header("Location"));
        }

        Assert.Equal(["/f807/?id=G-MAIN1", "/f807/?id=G-OTHER2"], google.TakeAll().Select(request => request.Target).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("?id=G-OTHER2&cx=c")]
    [InlineData("gtd?id=G-OTHER2")]
    [InlineData("_/set_cookie?p=/&ce=1&id=GTM-EVIL")]
    public async Task Token_OfTheSitesOwn_PassesAsItCame(string hidden)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\n", Encoding.UTF8.GetBytes(Script.Of("G-MAIN1", hasKey: true))));
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        await gateway.SendAsync("GET /f807/?id=G-MAIN1 HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        await google.NextAsync();

        var response = await gateway.SendAsync($"GET /f807/{Script.Token(hidden)} HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        var request = await google.NextAsync();

        Assert.Equal(200, response.Status);
        Assert.Equal($"/f807/{Script.Token(hidden)}", request.Target);
    }

    /// <summary>A foreign script's key is not learnt: with it anybody's tokens would be read.</summary>
    [Fact]
    public async Task Token_KeyOfAForeignScript_IsNotLearnt()
    {
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\n", Encoding.UTF8.GetBytes(Script.Of("GTM-EVIL", hasKey: true))));
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        await gateway.SendAsync("GET /f807/ HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        var target = $"/f807/{Script.Token("?id=GTM-EVIL")}";

        var response = await gateway.SendAsync($"GET {target} HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        // With the key learnt, the foreign id would show and Google not be asked for it.
        Script.AssertNotServed(response);
        Assert.Equal(new[] { "/f807/", "/f807/?id=G-MAIN1", "/f807/?id=G-OTHER2", target }.Order(StringComparer.Ordinal), google.TakeAll().Select(request => request.Target).Order(StringComparer.Ordinal));
    }
}
