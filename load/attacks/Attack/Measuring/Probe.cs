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
        foreach (var requests in new[] { fresh, kept })
        {
            await requests.WarmAsync(patience);
        }

        // Far apart, so that the two do not ask for the same.
        await Task.WhenAll(fresh.RunAsync(perSecond / 2, patience, 0, stop), kept.RunAsync(perSecond / 2, patience, 340, stop));
        return Describe(Describe(new Figures(), "new", fresh.Outcomes), "kept", kept.Outcomes);
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
