using System.Text;
using TagGateway.Caching;
using TagGateway.Upstream;

namespace TagGateway.Operations;

/// <summary>What <c>/readyz</c> says: not ready before the start is complete and while draining, ready else; the body names what is wrong.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime, Shutdown shutdown, ReloadState reload, RedisHealth redis, OriginHealth origins)
{
    public bool IsReady => lifetime.ApplicationStarted.IsCancellationRequested && !shutdown.HasBegun;

    /// <summary>A line a fact; the first is the state.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        text.Append(IsReady ? "ready" : shutdown.HasBegun ? "draining" : "starting").Append('\n');
        foreach (var error in reload.Errors)
        {
            text.Append("configuration not reloaded: ").Append(error).Append('\n');
        }

        if (reload.GeoDatabase is { } problem)
        {
            text.Append("geo database not up to date: ").Append(problem).Append('\n');
        }

        foreach (var certificate in reload.Certificates)
        {
            text.Append("TLS certificate not up to date: ").Append(certificate).Append('\n');
        }

        if (redis.Problem is { } redisProblem)
        {
            text.Append(redisProblem).Append('\n');
        }

        foreach (var originProblem in origins.Problems)
        {
            text.Append(originProblem).Append('\n');
        }

        return text.ToString();
    }
}
