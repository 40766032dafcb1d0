using TagGateway.EndToEnd.Harness;
using TagGateway.Tests.Receiving;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Google learns the region of the visitor's whole address, however little it learns of the address itself.</summary>
public sealed class GeoDatabaseTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("taggateway-geo-").FullName;

    private string GeoPath => Path.Combine(_folder, "geo.mmdb");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("forward", "203.0.113.9", "203.0.113.200")]
    [InlineData("truncate", "203.0.113.0", "203.0.113.0")]
    [InlineData("hide", null, null)]
    public async Task Region_TwoVisitorsOfOneNetwork_AreToldApart(string policy, string? first, string? second)
    {
        File.WriteAllBytes(GeoPath, World("CA"));
        await using var google = new RawUpstream();
        await using var gateway = await StartAsync(google, policy);

        await gateway.SendAsync(Hit("203.0.113.9"));
        var fromCalifornia = await google.NextAsync();
        await gateway.SendAsync(Hit("203.0.113.200"));
        var fromBerlin = await google.NextAsync();

        Assert.Equal(("US-CA", first), (fromCalifornia.Header("X-Forwarded-CountryRegion"), fromCalifornia.Header("X-Forwarded-For")));
        Assert.Equal(("DE-BE", second), (fromBerlin.Header("X-Forwarded-CountryRegion"), fromBerlin.Header("X-Forwarded-For")));
    }

    [Fact]
    public async Task Region_FromADirectPeer_IsNeverWhatTheVisitorSays()
    {
        File.WriteAllBytes(GeoPath, World("CA"));
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address, root: $"\"geo\": {{ \"database\": \"{GeoPath}\" }}");

        await gateway.SendAsync(Hit("203.0.113.9"));

        Assert.Null((await google.NextAsync()).Header("X-Forwarded-CountryRegion")); // the peer's loopback is nowhere
    }

    [Fact]
    public async Task Reload_BadAndGoodDatabasesUnderLoad_LosesNoHitAndNoRegion()
    {
        File.WriteAllBytes(GeoPath, World("CA"));
        await using var google = new RawUpstream();
        await using var gateway = await StartAsync(google, "hide");
        using var stop = new CancellationTokenSource();
        var load = LoadAsync(gateway.Address, stop.Token);

        await File.WriteAllTextAsync(GeoPath, "broken");
        var refused = await ReadyAsync(gateway.Admin, body => body != "ready\n");
        await File.WriteAllBytesAsync(GeoPath, World("NY"));
        await ReadyAsync(gateway.Admin, body => body == "ready\n");
        await stop.CancelAsync();
        var count = await load;
        await gateway.SendAsync(Hit("203.0.113.77"));

        Assert.StartsWith($"ready\ngeo database not up to date: geo.database: {GeoPath}: is no MaxMind-format database", refused, StringComparison.Ordinal);
        var regions = new List<string?>();
        for (var i = 0; i <= count; i++)
        {
            regions.Add((await google.NextAsync()).Header("X-Forwarded-CountryRegion"));
        }

        Assert.Equal("US-NY", regions[^1]);
        Assert.Equal(["US-CA", "US-NY"], regions.Distinct());
    }

    private static string Hit(string address) => $"POST /f807/g/collect HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-For: {address}\r\nContent-Length: 2\r\n\r\nab";

    private static byte[] World(string state) => new MmdbWriter()
        .Add("203.0.113.0/25", MmdbWriter.Place("US", state))
        .Add("203.0.113.128/25", MmdbWriter.Place("DE", "BE"))
        .ToBytes();

    /// <summary>The number of hits sent; fails on the first that is not answered well.</summary>
    private static async Task<int> LoadAsync(string address, CancellationToken stop)
    {
        using var client = await RawClient.ConnectAsync(address);
        var count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            await client.WriteAsync(Hit($"203.0.113.{count % 128}"));
            Assert.Equal(204, (await client.ReadAsync()).Status);
        }

        return count;
    }

    private static async Task<string> ReadyAsync(string admin, Func<string, bool> isExpected)
    {
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var body = await client.GetStringAsync(admin + "/readyz", patience.Token); // 200 all the while
            if (isExpected(body))
            {
                return body;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private Task<RunningGateway> StartAsync(RawUpstream google, string policy) => RunningGateway.StartAsync(
        google.Address, $"\"visitor\": {{ \"ip\": \"{policy}\" }}", $"\"trustedProxies\": [\"127.0.0.1\"], \"geo\": {{ \"database\": \"{GeoPath}\" }}");
}
