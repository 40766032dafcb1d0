using TagGateway.Routes;

namespace TagGateway.Sites;

/// <summary>Decides, once for every request of a measurement path, whether it goes to Google's tag gateway, to another host of Google's, or nowhere.</summary>
internal static class RouteFinder
{
    private const string Prefix = "/-/";

    /// <summary>None, with a route or, for Google's tag gateway, without; else why the path leads nowhere.</summary>
    /// <param name="target">On the measurement path.</param>
    /// <param name="route">Where it goes.</param>
    public static RouteRefusal Find(MeasurementTarget target, out GoogleRoute? route)
    {
        var site = target.Site;
        var subPath = target.SubPath;
        route = null;
        if (subPath.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return site.IsFull ? FindByHost(subPath[Prefix.Length..], out route) : RouteRefusal.Coverage;
        }

        return site.Upstream == UpstreamKind.Gateway || FirstPartyRoutes.TryFind(subPath, out route) ? RouteRefusal.None : RouteRefusal.Path;
    }

    private static RouteRefusal FindByHost(ReadOnlySpan<char> rest, out GoogleRoute? route) =>
        HostRoutes.TryFind(rest, out route) ? RouteRefusal.None
        : rest.IndexOf('/') is > 0 and var slash && HostRoutes.Knows(rest[..slash]) ? RouteRefusal.Path
        : RouteRefusal.Host;
}
