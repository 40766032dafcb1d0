using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>A gateway under attack, with Google and the website behind it as recorders.</summary>
public sealed class HostileGateway : IAsyncLifetime
{
    public const string OnPath = "/f807/x";
    public const string OnSite = "/x";
    private const string Marker = "/honest?n=";
    private RawUpstream _google = null!; // InitializeAsync comes first
    private RawUpstream _origin = null!;
    private RunningGateway _gateway = null!;
    private LogRecorder _log = null!;
    private int _honest;

    public async ValueTask InitializeAsync()
    {
        _google = new RawUpstream();
        _origin = new RawUpstream();
        _gateway = await RunningGateway.StartAsync(_google.Address, $"\"origin\": \"{_origin.Address}\"");
        _log = LogRecorder.Attach(_gateway);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _google.DisposeAsync();
        await _origin.DisposeAsync();
        _log.Dispose();
    }

    /// <summary>Sends the attack and holds everything against the rules: what reached the upstreams, what came back, what was logged, and
    /// whether the next honest visitors are served.</summary>
    internal async Task AssertWithstandsAsync(HostileRequest attack, string path, int expected)
    {
        _log.Clear();
        var forwarded = attack.Forwarded ?? (expected == 204 ? 1 : 0);
        var exchange = await RawExchange.SendAsync(_gateway.Address, attack.Towards(path), attack.EndsAtOnce ? 0 : Math.Max(1, forwarded));
        var arrived = (await DrainAsync(_google, "/f807" + Marker)).Concat(await DrainAsync(_origin, Marker)).ToList();

        // Who does not wait gets no answer where the connection ends first.
        Assert.True(expected == exchange.Status || (attack.EndsAtOnce && exchange.Status == 0), $"{exchange.Status} instead of {expected}\n{exchange.Text}\n{string.Join('\n', _log.Lines)}");
        Assert.DoesNotContain("Exception", exchange.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", exchange.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("TagGateway.", exchange.Text, StringComparison.Ordinal);
        var whole = arrived.Where(request => request.IsWhole).ToList();
        Assert.Equal(forwarded, whole.Count);
        Assert.All(arrived, WireSyntax.AssertSound);
        Assert.Empty(_log.Errors);
    }

    /// <summary>What came before an honest request that is sent now, on a connection of its own, and is served.</summary>
    private async Task<List<RecordedRequest>> DrainAsync(RawUpstream upstream, string marker)
    {
        var target = marker + ++_honest;
        var answer = await _gateway.SendAsync($"GET {target} HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        Assert.Equal(204, answer.Status);
        var before = new List<RecordedRequest>();
        while (true)
        {
            var next = await upstream.NextAsync();
            if (next.Target == target)
            {
                return before;
            }

            before.Add(next);
        }
    }
}
