using System.Globalization;
using System.Text;
using TagGateway.Caching;
using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.Routes;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>One kept template for every host that visitors use, and for those that somebody makes up.</summary>
public sealed class CacheHostTests
{
    private const string Target = "/f807/?id=G-MAIN1";
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task Host_InAnyCase_IsOneScript()
    {
        await using var google = Google();
        await using var gateway = await StartAsync(google);
        var plain = await GetAsync(gateway, "www.shop.example");
        var count = gateway.Get<MemoryStore>().Count;

        foreach (var host in new[] { "WWW.SHOP.EXAMPLE", "Www.Shop.Example", "wWW.shop.example" })
        {
            var other = await GetAsync(gateway, host);
            Assert.Equal((plain.Text, plain.Header("ETag")), (other.Text, other.Header("ETag")));
        }

        Assert.Equal(count, gateway.Get<MemoryStore>().Count);
        Assert.Contains("\"http://www.shop.example/f807/-/www.google-analytics.com/g/collect", plain.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_MadeUpByTheThousands_TakeABoundedMemoryAndNothingFromTheHonest()
    {
        await using var google = Google(padding: 100_000);
        await using var gateway = await StartAsync(google, "\"memoryBytes\": 8388608");
        await GetAsync(gateway, "www.shop.example");
        await GetAsync(gateway, "www.shop.example");
        var most = 0L;

        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var response = await GetAsync(gateway, string.Create(CultureInfo.InvariantCulture, $"h{i}.evil.example"), "HEAD");
            Assert.Equal(200, response.Status);
            most = Math.Max(most, gateway.Get<MemoryStore>().Bytes);
        });
        var makings = gateway.Get<MemoryStore>().Count;
        var honest = await GetAsync(gateway, "www.shop.example");

        Assert.InRange(most, 1, 8 * Megabyte);
        Assert.Contains("http://www.shop.example/f807/-/", honest.Text, StringComparison.Ordinal);
        Assert.StartsWith("taggateway; hit", honest.Header("Cache-Status"), StringComparison.Ordinal);
        Assert.Equal(makings, gateway.Get<MemoryStore>().Count);
        Assert.Single(google.TakeAll());
    }

    [Fact]
    public async Task Validator_OfAnotherHost_IsNotThisHosts()
    {
        await using var google = Google();
        await using var gateway = await StartAsync(google);
        var one = await GetAsync(gateway, "one.example");
        var two = await GetAsync(gateway, "two.example");

        var same = await GetAsync(gateway, "one.example", headers: $"If-None-Match: {one.Header("ETag")}\r\n");
        var other = await GetAsync(gateway, "two.example", headers: $"If-None-Match: {one.Header("ETag")}\r\n");
        var part = await GetAsync(gateway, "two.example", headers: $"Range: bytes=0-9\r\nIf-Range: {two.Header("ETag")}\r\n");
        var head = await GetAsync(gateway, "two.example", "HEAD");

        Assert.Equal((304, 200, 200, 200), (same.Status, other.Status, part.Status, head.Status));
        Assert.Equal((two.Text, two.Text, two.Header("Content-Length")), (other.Text, part.Text, head.Header("Content-Length")));
    }

    [Theory]
    [InlineData("evil.example/x")]
    [InlineData("\"+alert(1)+\"")]
    [InlineData("a b")]
    [InlineData("${x}")]
    public async Task ForwardedHost_ThatIsNone_IsNotWrittenIntoAScript(string host)
    {
        await using var google = Google();
        await using var gateway = await StartAsync(google);

        var response = await GetAsync(gateway, "www.shop.example", headers: $"X-Forwarded-Host: {host}\r\n");

        Assert.Equal(302, response.Status);
        Assert.DoesNotContain(host, response.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_ChangedByAReload_IsTheScriptsNewOne()
    {
        await using var google = Google();
        await using var gateway = await KeepingGateway.StartAsync(google.Address, FullGateway.UpstreamGoogle);
        await gateway.GetAsync();

        await gateway.ReloadAsync("\"/f807\"", "\"/m2\"");
        var moved = await gateway.GetAsync("/m2/?id=G-MAIN1");

        Assert.Contains("/m2/-/www.google-analytics.com", moved.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("f807", moved.Text, StringComparison.Ordinal);
    }

    private static RawUpstream Google(int padding = 0)
    {
        var noise = new StringBuilder();
        for (var random = new Random(5); noise.Length < padding;)
        {
            noise.Append(CultureInfo.InvariantCulture, $"v{random.NextInt64()}();");
        }

        var google = new RawUpstream();
        google.AnswerWith(Script.Answer(
            "Content-Type: text/javascript\r\nCache-Control: private, max-age=900\r\n",
            Encoding.UTF8.GetBytes($$$"""(function(){var data={"blob":{"1":"1","3":"www.googletagmanager.com","5":"G-MAIN1"}};fetch("https://www.google-analytics.com/g/collect?v=2");load("https://"+data.blob["3"]+"/gtag/js");{{{noise}}}})();""")));
        return google;
    }

    private static Task<RunningGateway> StartAsync(RawUpstream google, string cache = "") => RunningGateway.StartFromJsonAsync($$"""
        {
          "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" }, "connectTo": { "*": "{{google.Address}}" }, "trustedProxies": ["127.0.0.0/8"],
          "cache": { {{cache}} },
          "sites": { "shop": { "path": "/f807", "tags": ["G-MAIN1"], {{FullGateway.UpstreamGoogle}} } }
        }
        """);

    private static Task<RawResponse> GetAsync(RunningGateway gateway, string host, string method = "GET", string headers = "") =>
        gateway.SendAsync($"{method} {Target} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n");
}
