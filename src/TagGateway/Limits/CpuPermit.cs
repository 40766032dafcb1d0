using System.Threading.RateLimiting;

namespace TagGateway.Limits;

/// <summary>The right to one core for a piece of work.</summary>
/// <param name="core">Of the cores that all lanes share.</param>
/// <param name="own">The lane's own; null: it has none.</param>
internal sealed class CpuPermit(RateLimitLease core, RateLimitLease? own) : IDisposable
{
    public void Dispose()
    {
        core.Dispose();
        own?.Dispose();
    }
}
