using TagGateway.Attacks.Connecting;

namespace TagGateway.Attacks.Measuring;

/// <summary>A well-behaved visitor: asks at a steady rate, half of the time on a new connection, half on a kept one, and reports what it got.</summary>
internal static class Probe
{
    /// <param name="target">The server, and the visitor's own address.</param>
    /// <param name="template">What is asked for.</param>
    /// <param name="perSecond">Requests, both kinds together.</param>
    /// <param name="patience">After which the visitor gives up a request.</param>
    /// <param name="stop">The end.</param>
    public static async Task<Figures> RunAsync(Target target, RequestTemplate template, double perSecond, TimeSpan patience, CancellationToken stop)
    {
        using var fresh = new RequestStream(target, template, keepsConnections: false);
        using var kept = new RequestStream(target, template, keepsConnections: true);
        // Far apart, so that the two do not ask for the same.
        await Task.WhenAll(fresh.RunAsync(perSecond / 2, patience, 0, long.MaxValue, stop), kept.RunAsync(perSecond / 2, patience, 340, long.MaxValue, stop));
        return Describe(Describe(new Figures(), "new", fresh.Outcomes), "kept", kept.Outcomes);
    }

    /// <summary>Asks a few times before it counts: the first requests take the time that this program needs to get going.</summary>
    /// <param name="target">Another server than the one that is measured.</param>
    public static async Task WarmAsync(Target target)
    {
        foreach (var keepsConnections in new[] { true, false })
        {
            using var requests = new RequestStream(target, new RequestTemplate(["/"]), keepsConnections);
            for (var number = 0; number < 3; number++)
            {
                await requests.SendAsync(number, TimeSpan.FromSeconds(1));
            }
        }
    }

    private static Figures Describe(Figures figures, string kind, Outcomes outcomes) => figures
        .Add($"{kind}.asked", outcomes.Count)
        .Add($"{kind}.served", outcomes.Served)
        .Add($"{kind}.redirected", outcomes.Redirected)
        .Add($"{kind}.failed", outcomes.Failed)
        .Add($"{kind}.p50", outcomes.Percentile(0.5))
        .Add($"{kind}.p99", outcomes.Percentile(0.99))
        .Add($"{kind}.statuses", outcomes.Statuses());
}
