using System.Globalization;
using TagGateway.Attacks.Connecting;
using TagGateway.Attacks.Crowds;
using TagGateway.Attacks.Google;
using TagGateway.Attacks.Measuring;

namespace TagGateway.Attacks;

/// <summary>What the program can do; each runs until it is stopped, and returns what it has counted.</summary>
internal static class Verbs
{
    public static readonly IReadOnlyDictionary<string, Func<Arguments, CancellationToken, Task<Figures>>> All =
        new Dictionary<string, Func<Arguments, CancellationToken, Task<Figures>>>(StringComparer.Ordinal)
        {
            ["unread"] = UnreadAsync,
            ["idle"] = IdleAsync,
            ["slow"] = SlowAsync,
            ["flood"] = FloodAsync,
            ["malformed"] = MalformedAsync,
            ["requests"] = RequestsAsync,
            ["probe"] = ProbeAsync,
            ["watch"] = WatchAsync,
            ["google"] = GoogleAsync,
            ["certificate"] = CertificateAsync,
        };

    private static async Task<Figures> UnreadAsync(Arguments arguments, CancellationToken stop)
    {
        var target = arguments.Target;
        var options = new UnreadOptions
        {
            Connections = arguments.Number("connections", 10),
            Streams = arguments.Number("streams", 100),
            Paths = arguments.Paths,
            WindowBytes = (uint)arguments.Number("window", 0),
            Trickle = arguments.Has("trickle") ? arguments.Seconds("trickle", 1) : null,
            Again = arguments.Has("again"),
        };
        await using var responses = await UnreadResponses.StartAsync(target, options);
        await WaitAsync(stop);
        var counts = responses.Counts;
        return Describe(new Figures(), target, responses.Crowd)
            .Add("asked", counts.Asked).Add("answered", counts.Answered).Add("completed", counts.Completed).Add("reset", counts.Reset)
            .Add("reset.first", counts.FirstReset).Add("reset.last", counts.LastReset).Add("codes", counts.Codes).Add("body", counts.BodyBytes);
    }

    private static async Task<Figures> IdleAsync(Arguments arguments, CancellationToken stop)
    {
        var target = arguments.Target;
        await using var crowd = IdleConnections.Start(target, arguments.Number("connections", 10_000), arguments.Choice<IdleKind>("kind"), arguments.Paths[0]);
        await WaitAsync(stop);
        return Describe(new Figures(), target, crowd);
    }

    private static async Task<Figures> SlowAsync(Arguments arguments, CancellationToken stop)
    {
        var target = arguments.Target;
        var requests = new SlowRequests(target, arguments.Choice<SlowKind>("kind"), arguments.Paths[0], arguments.Seconds("interval", 1), arguments.Number("streams", 100));
        await using var crowd = requests.Start(arguments.Number("connections", 100));
        await WaitAsync(stop);
        return Describe(new Figures(), target, crowd);
    }

    private static async Task<Figures> FloodAsync(Arguments arguments, CancellationToken stop)
    {
        var target = arguments.Target;
        var connections = arguments.Number("connections", 10);
        var flood = new Http2Flood(target, arguments.Choice<FloodKind>("kind"), arguments.Paths[0], Math.Max(1, arguments.Number("rate", 20_000) / connections));
        await using var crowd = flood.Start(connections);
        await WaitAsync(stop);
        return Describe(new Figures(), target, crowd).Add("frames", flood.Frames);
    }

    private static async Task<Figures> MalformedAsync(Arguments arguments, CancellationToken stop)
    {
        var target = arguments.Target;
        var requests = new MalformedRequests(target);
        await requests.RunAsync(arguments.Number("rate", 200), stop);
        return new Figures().Add("asked", requests.Count).Add("sent", target.Traffic.SentBytes);
    }

    private static async Task<Figures> RequestsAsync(Arguments arguments, CancellationToken stop)
    {
        var target = arguments.Target;
        using var requests = new RequestStream(target, arguments.Template, keepsConnections: !arguments.Has("new"), arguments.Has("abandon"));
        await requests.RunAsync(arguments.Number("rate", 50), arguments.Seconds("patience", 20), arguments.Number("first", 0), arguments.Number("count", int.MaxValue), stop);
        var outcomes = requests.Outcomes;
        return new Figures()
            .Add("asked", outcomes.Count).Add("served", outcomes.Served).Add("redirected", outcomes.Redirected).Add("failed", outcomes.Failed)
            .Add("p50", outcomes.Percentile(0.5)).Add("p99", outcomes.Percentile(0.99)).Add("statuses", outcomes.Statuses())
            .Add("sent", target.Traffic.SentBytes);
    }

    private static async Task<Figures> ProbeAsync(Arguments arguments, CancellationToken stop)
    {
        if (arguments.Has("warm"))
        {
            await Probe.WarmAsync(new Target(arguments.Text("warm")));
        }

        return await Probe.RunAsync(arguments.Target, arguments.Template, arguments.Number("rate", 20), arguments.Seconds("patience", 10), stop);
    }

    private static Task<Figures> WatchAsync(Arguments arguments, CancellationToken stop)
    {
        var ports = arguments.Text("ports").Split(',').Select(port => int.Parse(port, CultureInfo.InvariantCulture)).ToHashSet();
        return new ServerWatch(new ServerProcess(arguments.Number("pid", 0)), arguments.Text("log"), ports, arguments.Number("upstream", 0)).RunAsync(stop);
    }

    private static async Task<Figures> GoogleAsync(Arguments arguments, CancellationToken stop)
    {
        var script = await File.ReadAllBytesAsync(arguments.Text("script"), stop);
        await using var google = new HostileGoogle(arguments.Choice<HostileKind>("kind"), script, arguments.Number("port", 0));
        await WaitAsync(stop);
        return new Figures().Add("hostile", google.Hostile).Add("open", google.Open);
    }

    private static Task<Figures> CertificateAsync(Arguments arguments, CancellationToken stop)
    {
        Certificate.Write(arguments.Text("folder"), TimeProvider.System);
        return Task.FromResult(new Figures());
    }

    private static Figures Describe(Figures figures, Target target, Crowd crowd) => figures
        .Add("opened", crowd.Opened).Add("refused", crowd.Refused).Add("ended", crowd.Ended).Add("held", crowd.Held).Add("sent", target.Traffic.SentBytes);

    private static Task WaitAsync(CancellationToken stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(_ => { }, TaskScheduler.Default);
}
