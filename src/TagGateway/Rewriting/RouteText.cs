namespace TagGateway.Rewriting;

/// <summary>Placeholder.</summary>
internal static class RouteText
{
    public static bool MayLead(ReadOnlySpan<char> host, ReadOnlySpan<char> path) => true;
}
