using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Routes;

/// <summary>What leaves for Google's ordinary hosts, and where it goes.</summary>
public sealed class RouteRequestTests
{
    [Theory]
    [InlineData(FullGateway.UpstreamGoogle, "/f807/-/www.google-analytics.com/g/collect", "www.google-analytics.com", "/g/collect")]
    [InlineData(FullGateway.CoverageFull, "/f807/-/www.google-analytics.com/g/collect", "www.google-analytics.com", "/g/collect")]
    [InlineData(FullGateway.CoverageFull, "/f807/ga/g/c", "g-main1.fps.goog", "/f807/ga/g/c")]
    [InlineData(FullGateway.CoverageFull, "/f807/-x", "g-main1.fps.goog", "/f807/-x")]
    [InlineData(FullGateway.UpstreamGoogle, "/f807/ga/g/c", "www.google-analytics.com", "/g/collect")]
    [InlineData(FullGateway.UpstreamGoogle, "/f807/g/collect", "www.google-analytics.com", "/g/collect")]
    [InlineData(FullGateway.UpstreamGoogle, "/f807/as/d/ccm/conversion/1/", "www.googleadservices.com", "/ccm/conversion/1/")]
    [InlineData(FullGateway.UpstreamGoogle, "/f807/-/region1.google-analytics.com/g/collect", "region1.google-analytics.com", "/g/collect")]
    [InlineData(FullGateway.UpstreamGoogle, "/f807/-/www.google.co.uk/ads/ga-audiences", "www.google.co.uk", "/ads/ga-audiences")]
    [InlineData(FullGateway.UpstreamGoogle, "/f807/-/ad.doubleclick.net/activity;src=1;~oref=https%3A%2F%2Fx%2F", "ad.doubleclick.net", "/activity;src=1;~oref=https%3A%2F%2Fx%2F")]
    public async Task Hit_ByEitherPath_GoesToItsHost(string site, string target, string host, string path)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google, $"{site}, \"visitor\": {{ \"ip\": \"hide\" }}");

        var response = await FullGateway.GetAsync(gateway, target + "?v=2&x=%257E~|[&richsstsse");

        var request = await google.NextAsync();
        Assert.Equal(204, response.Status);
        Assert.Equal((host, $"GET {path}?v=2&x=%257E~|[&richsstsse HTTP/1.1"), (request.Header("Host"), request.RequestLine));
    }

    [Theory]
    [InlineData("forward", "203.0.113.77", "203.0.113.77", "203.0.113.77")]
    [InlineData("forward", "2001:db8:1:2::9", "2001%3Adb8%3A1%3A2%3A%3A9", "2001:db8:1:2::9")]
    [InlineData("truncate", "203.0.113.77", "203.0.113.0", "203.0.113.0")]
    [InlineData("truncate", "2001:db8:1:2::9", "2001%3Adb8%3A1%3A%3A", "2001:db8:1::")]
    [InlineData("hide", "203.0.113.77", "::", null)]
    public async Task Hit_WithThePlaceholder_TellsTheAddressByPolicy(string policy, string visitor, string told, string? header)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google, $"{FullGateway.UpstreamGoogle}, \"visitor\": {{ \"ip\": \"{policy}\" }}");

        await FullGateway.GetAsync(gateway, "/f807/-/www.google-analytics.com/g/collect?v=2&_uip=::&a=%2526", $"X-Forwarded-For: {visitor}\r\n");
        await FullGateway.GetAsync(gateway, "/f807/-/www.google.com/ccm/collect?en=x", $"X-Forwarded-For: {visitor}\r\n");

        var (first, second) = (await google.NextAsync(), await google.NextAsync());
        Assert.Equal($"/g/collect?v=2&_uip={told}&a=%2526", first.Target);
        Assert.Equal(policy == "hide" ? "/ccm/collect?en=x" : $"/ccm/collect?en=x&uip={told}", second.Target);
        Assert.Equal(header, first.Header("X-Forwarded-For"));
    }

    [Theory]
    [InlineData("ad.doubleclick.net/activity;src=1;ord=2?z")]
    [InlineData("1.fls.doubleclick.net/activityi;src=1;ord=2?z")]
    [InlineData("td.doubleclick.net/td/ga/rul?tid=G-X")]
    [InlineData("ampcid.google.com/v1/publisher:getClientId?key=x")]
    [InlineData("www.google-analytics.com/g/collect")]
    public async Task Hit_WithoutAPlaceForTheAddress_HasItsQueryAsItWas(string rest)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        await FullGateway.GetAsync(gateway, "/f807/-/" + rest);

        Assert.Equal(rest[rest.IndexOf('/', StringComparison.Ordinal)..], (await google.NextAsync()).Target);
    }

    /// <summary>No cookie, no region, nothing of the site: what the browser would have told Google by itself.</summary>
    [Fact]
    public async Task Hit_ToGooglesOrdinaryHost_TellsNothingOfTheSite()
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        await FullGateway.PostAsync(
            gateway,
            "/f807/-/www.google-analytics.com/g/collect",
            "en=a\r\nen=b&_uip=::",
            "Cookie: _ga=GA1.1.1.2; session=secret\r\nReferer: https://shop.example/cart?mail=x\r\nUser-Agent: UA\r\nSec-CH-UA: \"C\"\r\nSec-GPC: 1\r\n"
                + "Origin: https://shop.example\r\nContent-Type: text/plain;charset=UTF-8\r\nAuthorization: Basic x\r\nAccept-Encoding: gzip, br\r\n");

        var request = await google.NextAsync();
        Assert.Equal("en=a\r\nen=b&_uip=::", request.Text);
        Assert.Equal(
            [
                "Content-Length: 18", "Content-Type: text/plain;charset=UTF-8", "Host: www.google-analytics.com", "Origin: https://shop.example",
                "Referer: https://shop.example/", "Sec-CH-UA: \"C\"", "Sec-GPC: 1", "User-Agent: UA", "X-Forwarded-For: 127.0.0.1",
            ],
            request.Headers.Select(header => $"{header.Name}: {header.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("PUT")]
    public async Task Hit_AnyMethod_GoesThere(string method)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, "/f807/-/www.google.com/ccm/collect", "Access-Control-Request-Method: POST\r\n", method);

        Assert.Equal(204, response.Status);
        Assert.Equal(method, (await google.NextAsync()).Method);
    }

    [Theory]
    [InlineData("/ga/g/c?v=2&_uip=::", "www.google-analytics.com", "/g/collect?v=2&_uip=127.0.0.1", "")]
    [InlineData("/ag/g/c?v=2&x=%2526\r\nen=a\r\nen=b", "analytics.google.com", "/g/collect?v=2&x=%2526&_uip=127.0.0.1", "en=a\r\nen=b")]
    public async Task HitHiddenInItsBody_GoesWhereTheBodySays(string body, string host, string target, string rest)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.PostAsync(gateway, "/f807/", body, "Content-Type: text/plain;charset=UTF-8\r\n");

        var request = await google.NextAsync();
        Assert.Equal(204, response.Status);
        Assert.Equal((host, "POST", target, rest), (request.Header("Host"), request.Method, request.Target, request.Text));
        Assert.Equal($"{rest.Length}", request.Header("Content-Length"));
    }

    [Fact]
    public async Task HitHiddenInItsBody_InChunks_IsFoundAsWell()
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        await gateway.SendAsync("POST /f807/ HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n/ga/g/c\r\n5\r\n?v=2\r\r\n3\r\n\nxy\r\n0\r\n\r\n");

        var request = await google.NextAsync();
        Assert.Equal(("/g/collect?v=2&_uip=127.0.0.1", "xy"), (request.Target, request.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("CjAOATwcCBgO")]
    [InlineData("/g/search?q=1")]
    [InlineData("/?id=G-MAIN1")]
    [InlineData("/-/www.google.com/ccm/collect")]
    [InlineData("http://www.google.com/ga/g/c")]
    [InlineData("/ga/g/c\n?v=2")]
    public async Task HitHiddenInItsBody_Unreadable_Is404AndNothingIsDialled(string body)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.PostAsync(gateway, "/f807/", body);

        Assert.Equal((404, 0), (response.Status, google.Connections));
    }

    [Fact]
    public async Task HitHiddenInItsBody_TagGatewayAsUpstream_GoesThereAsItIs()
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google, FullGateway.CoverageFull);

        await FullGateway.PostAsync(gateway, "/f807/", "/ga/g/c?v=2");

        var request = await google.NextAsync();
        Assert.Equal(("g-main1.fps.goog", "/f807/", "/ga/g/c?v=2"), (request.Header("Host"), request.Target, request.Text));
    }
}
