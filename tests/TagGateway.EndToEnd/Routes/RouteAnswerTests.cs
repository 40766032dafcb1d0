using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Routes;

/// <summary>What Google's ordinary hosts may do to the site's own origin: next to nothing.</summary>
public sealed class RouteAnswerTests
{
    private const string Sandbox = "sandbox; default-src 'none'";

    [Theory]
    [InlineData("www.google.com/ccm/collect", "text/javascript; charset=UTF-8", "text/plain", null)]
    [InlineData("www.googletagmanager.com/a", "application/x-javascript", "text/plain", null)]
    [InlineData("1.fls.doubleclick.net/activityi;src=1", "text/javascript", "text/plain", null)]
    [InlineData("www.googletagmanager.com/static/service_worker/5a/sw_iframe.html", "text/javascript", "text/plain", null)]
    [InlineData("googleads.g.doubleclick.net/pagead/viewthroughconversion/1/", "text/javascript", "text/javascript", null)]
    [InlineData("www.google.com/ccm/collect", "text/html", "text/html", Sandbox)]
    [InlineData("www.google.com/ccm/collect", "image/svg+xml", "image/svg+xml", Sandbox)]
    [InlineData("1.fls.doubleclick.net/activityi;src=1", "text/html", "text/html", Sandbox)]
    [InlineData("googleads.g.doubleclick.net/pagead/viewthroughconversion/1/", "text/html", "text/html", Sandbox)]
    [InlineData("www.googletagmanager.com/gtag/js", "text/html", "text/html", Sandbox)]
    [InlineData("www.googletagmanager.com/ns.html", "text/html", "text/html", Sandbox + "; img-src *; frame-src *")]
    [InlineData("www.googletagmanager.com/static/service_worker/5a/sw_iframe.html", "text/html", "text/html", null)]
    [InlineData("www.google.com/ads/ga-audiences", "image/gif", "image/gif", null)]
    public async Task Answer_OfARoute_MayDoWhatItsRouteMay(string rest, string type, string expected, string? policy)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(FullGateway.Answer(type, "x", "Cache-Control: no-store\r\nSet-Cookie: IDE=1; Domain=.doubleclick.net\r\nSet-Cookie: NID=2\r\n"));
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, $"/f807/-/{rest}");

        Assert.Equal((200, "x"), (response.Status, response.Text));
        Assert.Equal((expected, policy, "nosniff"), (response.Header("Content-Type"), response.Header("Content-Security-Policy"), response.Header("X-Content-Type-Options")));
        Assert.Empty(response.All("Set-Cookie"));
    }

    /// <summary>As Google answers a hit; the browser's own check of origins needs these lines.</summary>
    [Fact]
    public async Task Answer_OfAHit_KeepsItsCorsLines()
    {
        await using var google = new RawUpstream();
        google.AnswerWith("HTTP/1.1 204 X\r\nAccess-Control-Allow-Origin: https://shop.example\r\nAccess-Control-Allow-Credentials: true\r\nCross-Origin-Resource-Policy: cross-origin\r\nAlt-Svc: h3\r\n\r\n");
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, "/f807/-/www.google-analytics.com/g/collect?v=2");

        Assert.Equal("https://shop.example", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("true", response.Header("Access-Control-Allow-Credentials"));
        Assert.Null(response.Header("Alt-Svc"));
    }

    [Theory]
    [InlineData("/f807/_/service_worker/5a/sw.js?origin=x", "/f807/_/service_worker", true)]
    [InlineData("/f807/-/www.googletagmanager.com/static/service_worker/5a/sw.js?origin=x", "/f807/-/www.googletagmanager.com/static/service_worker", true)]
    [InlineData("/f807/_/service_worker/5a/sw.js?origin=x", "/f807/_/service_worker", false)]
    public async Task Worker_ByEitherPath_MayHaveItsScope(string target, string scope, bool cache)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(FullGateway.Answer("text/javascript", "w", "Cache-Control: public, max-age=1000\r\nService-Worker-Allowed: /\r\n"));
        await using var gateway = await FullGateway.StartAsync(google, $"{FullGateway.UpstreamGoogle}, \"scripts\": {{ \"cache\": {(cache ? "true" : "false")} }}");

        var first = await FullGateway.GetAsync(gateway, target);
        var second = await FullGateway.GetAsync(gateway, target);

        Assert.Equal(("w", "w"), (first.Text, second.Text));
        Assert.Equal((scope, scope), (first.Header("Service-Worker-Allowed"), second.Header("Service-Worker-Allowed")));
        Assert.Equal("/static/service_worker/5a/sw.js?origin=x", (await google.NextAsync()).Target);
        Assert.Equal(cache, google.IsEmpty);
    }

    [Theory]
    [InlineData("/f807/-/www.googleadservices.com/pagead/conversion/1/?a", "https://googleads.g.doubleclick.net/pagead/viewthroughconversion/1/?b=%2526", "/f807/-/googleads.g.doubleclick.net/pagead/viewthroughconversion/1/?b=%2526")]
    [InlineData("/f807/as/d/pagead/conversion/1/?a", "https://www.google.de/pagead/1p-conversion/1/?b", "/f807/-/www.google.de/pagead/1p-conversion/1/?b")]
    [InlineData("/f807/as/d/pagead/conversion/1/?a", "/pagead/conversion/1/?b", "/f807/-/www.googleadservices.com/pagead/conversion/1/?b")]
    [InlineData("/f807/as/d/pagead/conversion/1/?a", "https://evil.example/x", "https://evil.example/x")]
    public async Task Redirect_OfAHit_StaysFirstPartyWhereItMay(string target, string location, string expected)
    {
        await using var google = new RawUpstream();
        google.AnswerWith($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, target);

        Assert.Equal((302, expected), (response.Status, response.Header("Location")));
    }

    /// <summary>A POST of the contract's is answered with a redirect to www.google.com (seen in the field): of full coverage it is no way out.</summary>
    [Theory]
    [InlineData(FullGateway.CoverageFull, "/f807/-/www.google.com/measurement/conversion/?x")]
    [InlineData("\"coverage\": \"official\"", "https://www.google.com/measurement/conversion/?x")]
    public async Task Redirect_OfTheTagGateway_IsFirstPartyOnlyWithFullCoverage(string site, string expected)
    {
        await using var google = new RawUpstream();
        google.AnswerWith("HTTP/1.1 302 Found\r\nLocation: https://www.google.com/measurement/conversion/?x\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await FullGateway.StartAsync(google, site);

        var response = await FullGateway.PostAsync(gateway, "/f807/g/measurement/conversion", "");

        Assert.Equal(expected, response.Header("Location"));
    }

    /// <summary>A chain: each redirect asked as the browser would ask it.</summary>
    [Fact]
    public async Task Redirect_Chain_EndsAtTheThirdHostWithoutLeavingTheSite()
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => RawUpstream.WriteAsync(stream, request.Header("Host") switch
        {
            "www.googleadservices.com" => "HTTP/1.1 302 F\r\nLocation: https://googleads.g.doubleclick.net/pagead/viewthroughconversion/1/?i=1\r\nContent-Length: 0\r\n\r\n",
            "googleads.g.doubleclick.net" => "HTTP/1.1 302 F\r\nLocation: https://www.google.com/pagead/1p-conversion/1/?i=2\r\nContent-Length: 0\r\n\r\n",
            "www.google.com" => "HTTP/1.1 302 F\r\nLocation: //www.google.fr/pagead/1p-conversion/1/?i=3\r\nContent-Length: 0\r\n\r\n",
            _ => FullGateway.Answer("image/gif", "GIF"),
        });
        await using var gateway = await FullGateway.StartAsync(google);

        var next = "/f807/-/www.googleadservices.com/pagead/conversion/1/?i=0";
        var answers = new List<RawResponse>();
        for (var i = 0; i < 4; i++)
        {
            var response = await FullGateway.GetAsync(gateway, next);
            answers.Add(response);
            next = response.Header("Location") ?? "";
        }

        Assert.Equal([302, 302, 302, 200], answers.Select(answer => answer.Status));
        Assert.Equal("GIF", answers[3].Text);
        Assert.Equal(["www.googleadservices.com", "googleads.g.doubleclick.net", "www.google.com", "www.google.fr"], google.TakeAll().Select(request => request.Header("Host")));
    }

    [Fact]
    public async Task Instructions_OfAHit_ComeWholeAndAtOnce()
    {
        const string Blocks = "event: message\ndata: {\"send_pixel\":[\"https://www.google.com/x\"]}\n\nevent: message\ndata: {}\n\n";
        await using var google = new RawUpstream();
        google.AnswerWith(FullGateway.Answer("text/plain", Blocks, "ETag: \"x\"\r\n"));
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, "/f807/-/www.googleadservices.com/pagead/conversion/1/?a", "Accept-Encoding: gzip, br\r\n");

        Assert.Equal(Blocks, response.Text);
        Assert.Null(response.Header("ETag"));
        Assert.Null((await google.NextAsync()).Header("Accept-Encoding"));
    }

    [Fact]
    public async Task Failure_OfARoute_IsTheGatewaysOwnAnswer()
    {
        await using var google = new RawUpstream();
        google.Answer = (_, stream) =>
        {
            stream.Close();
            return Task.CompletedTask;
        };
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.PostAsync(gateway, "/f807/-/www.google.com/ccm/collect", "x");

        Assert.Equal((502, "bad gateway\n"), (response.Status, response.Text));
    }
}
