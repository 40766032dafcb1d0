using System.Diagnostics.CodeAnalysis;
using System.Text;
using TagGateway.Routes;
using TagGateway.Sites;

namespace TagGateway.Beacons;

/// <summary>A hit that hides its path and query from block lists: a POST to the measurement path itself, whose body is <c>/ga/g/c?v=2&amp;…</c>, then
/// CR LF and the body proper, if any (contract §9.4). Google's tag gateway reads it; for Google's ordinary hosts the gateway does.</summary>
internal static class HiddenHit
{
    public static bool Is(HttpContext context, MeasurementTarget target) =>
        target.Route is not null && target.SubPath is "/" && HttpMethods.IsPost(context.Request.Method);

    /// <summary>The target that the body names, a hit's, and the body proper; false when it names none.</summary>
    public static bool TryReveal(MeasurementTarget target, ReadOnlyMemory<byte> body, [NotNullWhen(true)] out MeasurementTarget? revealed, out ReadOnlyMemory<byte> rest)
    {
        revealed = null;
        var end = body.Span.IndexOf("\r\n"u8);
        var line = end < 0 ? body.Span : body.Span[..end];
        rest = end < 0 ? ReadOnlyMemory<byte>.Empty : body[(end + 2)..];
        if (!line.StartsWith("/"u8) || line.ContainsAnyExceptInRange((byte)'!', (byte)'~') || !RequestTarget.TryParse(Encoding.ASCII.GetString(line), out var named)
            || named.Path.Contains('\\', StringComparison.Ordinal) || DecodedPath.HasDotSegment(named.Path))
        {
            return false;
        }

        if (FirstPartyRoutes.TryFind(named.Path, out var route) && route.Kind == RouteKind.Hit)
        {
            revealed = target with { Path = target.Site.Path + named.Path, Query = named.Query, Route = route };
        }

        return revealed is not null;
    }
}
