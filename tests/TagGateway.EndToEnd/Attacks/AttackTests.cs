using TagGateway.Attacks.Connecting;
using TagGateway.Attacks.Crowds;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Attacks;

/// <summary>The attacks of load/attacks, in little: others are served, memory and log stay small. Alone, for they measure a process.</summary>
[CollectionDefinition(nameof(AttackTests), DisableParallelization = true)]
[Collection(nameof(AttackTests))]
public sealed class AttackTests
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>One line of each kind that is told at all.</summary>
    private const int LogConstant = 8 * 1024;
    private const double LogPerByte = 0.01;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>500 copies of the script would be 225 MB.</summary>
    [Theory]
    [InlineData(nameof(TargetScheme.H2c), false)]
    [InlineData(nameof(TargetScheme.H2c), true)]
    [InlineData(nameof(TargetScheme.Https), false)]
    public async Task Unread_CachedScript_IsNotCopiedForEachStream(string scheme, bool trickles)
    {
        await using var gateway = await AttackedGateway.StartAsync();
        var before = gateway.Memory.ResidentBytes;
        var options = new UnreadOptions { Connections = 5, Streams = 100, Paths = [AttackedGateway.Script], Trickle = trickles ? TimeSpan.FromMilliseconds(100) : null };

        await using var unread = await UnreadResponses.StartAsync(gateway.Target(Enum.Parse<TargetScheme>(scheme)), options);
        await Eventually.HoldsAsync(() => unread.Counts.Answered + unread.Counts.Reset >= 500, "all were answered", Patience);
        await gateway.AssertOthersServedAsync();

        Assert.InRange(gateway.Memory.PeakBytes - before, 0, 100 * Megabyte);
    }

    [Theory]
    [InlineData(nameof(FloodKind.RapidReset))]
    [InlineData(nameof(FloodKind.MadeYouReset))]
    [InlineData(nameof(FloodKind.Continuation))]
    [InlineData(nameof(FloodKind.Settings))]
    [InlineData(nameof(FloodKind.Ping))]
    [InlineData(nameof(FloodKind.WindowUpdate))]
    [InlineData(nameof(FloodKind.Priority))]
    [InlineData(nameof(FloodKind.EmptyData))]
    [InlineData(nameof(FloodKind.Refused))]
    public async Task Flood_OfFrames_OthersAreServedAndTheLogStaysShort(string kind)
    {
        await using var gateway = await AttackedGateway.StartAsync();
        var (before, logged) = (gateway.Memory.ResidentBytes, gateway.LoggedLength);
        var target = gateway.Target(TargetScheme.H2c);
        var flood = new Http2Flood(target, Enum.Parse<FloodKind>(kind), $"{AttackedGateway.Script}&x={{n}}", framesPerSecond: 1000);

        await using (flood.Start(connections: 4))
        {
            await Eventually.HoldsAsync(() => flood.Frames > 5_000, "the flood came", Patience);
            await gateway.AssertOthersServedAsync();
        }

        Assert.InRange(gateway.Memory.PeakBytes - before, 0, 150 * Megabyte);
        Assert.InRange(gateway.LoggedLength - logged, 0, LogConstant + (target.Traffic.SentBytes * LogPerByte));
    }

    [Theory]
    [InlineData(nameof(TargetScheme.Http))]
    [InlineData(nameof(TargetScheme.H2c))]
    [InlineData(nameof(TargetScheme.Https))]
    public async Task Malformed_Requests_LogNothingEach(string scheme)
    {
        await using var gateway = await AttackedGateway.StartAsync();
        var logged = gateway.LoggedLength;
        var target = gateway.Target(Enum.Parse<TargetScheme>(scheme));
        var requests = new MalformedRequests(target);
        using var stop = new CancellationTokenSource();

        var running = requests.RunAsync(perSecond: 500, stop.Token);
        await Eventually.HoldsAsync(() => requests.Count > 1000, "the requests were sent", Patience);
        await stop.CancelAsync();
        await running;

        await gateway.AssertOthersServedAsync();
        Assert.InRange(gateway.LoggedLength - logged, 0, LogConstant + (target.Traffic.SentBytes * LogPerByte));
    }

    [Theory]
    [InlineData(nameof(TargetScheme.Http), nameof(SlowKind.Headers))]
    [InlineData(nameof(TargetScheme.Http), nameof(SlowKind.Upload))]
    [InlineData(nameof(TargetScheme.H2c), nameof(SlowKind.Headers))]
    [InlineData(nameof(TargetScheme.H2c), nameof(SlowKind.Upload))]
    public async Task Slow_Requests_AreEndedAndOthersServed(string scheme, string kind)
    {
        await using var gateway = await AttackedGateway.StartAsync(limits: "\"progressTimeout\": \"00:00:02\"");
        var requests = new SlowRequests(gateway.Target(Enum.Parse<TargetScheme>(scheme)), Enum.Parse<SlowKind>(kind), "/upload", TimeSpan.FromSeconds(1), streams: 50);

        await using var crowd = requests.Start(connections: 20);
        await gateway.AssertOthersServedAsync();

        await Eventually.HoldsAsync(() => crowd.Ended >= 20, "all slow requests were ended", Patience);
    }

    [Fact]
    public async Task Connections_OfATrustedProxy_AreNotOneClients()
    {
        await using var gateway = await AttackedGateway.StartAsync(limits: "\"connections\": 400, \"connectionsPerClient\": 40");

        await using var ofProxy = IdleConnections.Start(gateway.Target(TargetScheme.Http, AttackedGateway.Proxy), 200, IdleKind.KeepAlive, AttackedGateway.Script);
        await using var ofClient = IdleConnections.Start(gateway.Target(TargetScheme.Http), 200, IdleKind.KeepAlive, AttackedGateway.Script);
        await Task.WhenAll(ofProxy.Assembled, ofClient.Assembled);

        await Eventually.HoldsAsync(() => ofClient.Held <= 40, "one client kept its share", Patience);
        await gateway.AssertOthersServedAsync("X-Forwarded-For: 203.0.113.7", AttackedGateway.Proxy);
        await gateway.AssertOthersServedAsync();
        Assert.Equal((200, 0), (ofProxy.Held, ofProxy.Ended));
    }
}
