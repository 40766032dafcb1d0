using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Configuration;

/// <summary>A changed file takes effect while requests are under way; a bad one changes nothing.</summary>
public sealed class ReloadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Reload_GoodAndBadFilesUnderLoad_LosesNoRequest()
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        var good = await File.ReadAllTextAsync(gateway.File);
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => LoadAsync(gateway.Address, stop.Token)).ToList();

        await WriteAsync(gateway.File, "{ \"sites\": { \"shop\": { \"path\": 7, \"tagz\": [] } } }");
        var refused = await ReadyAsync(gateway.Admin, body => body.Contains("tagz", StringComparison.Ordinal));
        await WriteAsync(gateway.File, good.Replace("\"shop.example\"", "\"shop.example\", \"second.example\"", StringComparison.Ordinal));
        var accepted = await ReadyAsync(gateway.Admin, body => body == "ready\n");
        await stop.CancelAsync();
        var counts = await Task.WhenAll(load);

        Assert.Contains("sites.shop.path", refused, StringComparison.Ordinal);
        Assert.Equal("ready\n", accepted);
        Assert.Equal(204, (await RawClient.SendAsync(gateway.Address, Hit("second.example"))).Status);
        Assert.All(counts, count => Assert.True(count > 50, $"only {count} requests"));
    }

    private static string Hit(string host) => $"POST /f807/g/collect HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\n\r\nab";

    /// <summary>The number of requests answered; fails on the first that is not.</summary>
    private static async Task<int> LoadAsync(string address, CancellationToken stop)
    {
        using var client = await RawClient.ConnectAsync(address);
        var count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            await client.WriteAsync(Hit("shop.example"));
            Assert.Equal(204, (await client.ReadAsync()).Status);
        }

        return count;
    }

    /// <summary>As editors and <c>kubectl</c> do it: written beside, then moved over.</summary>
    private static async Task WriteAsync(string file, string text)
    {
        await File.WriteAllTextAsync(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static async Task<string> ReadyAsync(string admin, Func<string, bool> isExpected)
    {
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var body = await client.GetStringAsync(admin + "/readyz", patience.Token); // 200 all the while: a bad file takes no pod out
            if (isExpected(body))
            {
                return body;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
