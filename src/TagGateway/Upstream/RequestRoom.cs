using TagGateway.Limits;

namespace TagGateway.Upstream;

/// <summary>Decides whether there is room for a request on the measurement path.</summary>
internal static class RequestRoom
{
    /// <param name="context">The request; without a <see cref="MemoryLease"/> there is room.</param>
    /// <param name="priority">In which order it is refused.</param>
    /// <returns>False when it should get the cheapest response that serves its purpose.</returns>
    public static bool TryEnter(HttpContext context, MemoryPriority priority)
    {
        if (context.Features.Get<MemoryLease>() is not { } lease)
        {
            return true;
        }

        lease.Priority = priority;
        return lease.HasRoom;
    }
}
