namespace TagGateway.Routes;

/// <summary>Where a redirect of Google's leads on the site's own origin, so that a chain of them stays first-party.</summary>
internal static class RedirectAddress
{
    /// <summary>The first-party form <c>PATH/-/host/path…</c> of an address that <see cref="HostRoutes"/> lists. Any other as it is, but for one without a
    /// host: it is Google's, and is told whole, for the site's own it must not become.</summary>
    /// <param name="location">The value of <c>Location</c>.</param>
    /// <param name="from">Who answered; null: Google's tag gateway, whose paths are the site's own.</param>
    /// <param name="measurementPath">Without trailing slash.</param>
    public static string Of(string location, GoogleRoute? from, string measurementPath)
    {
        // Browsers look through tabs anywhere (URL Standard §4.4).
        var text = location.Contains('\t', StringComparison.Ordinal) ? location.Replace("\t", "", StringComparison.Ordinal).AsSpan().Trim(' ') : location.AsSpan().Trim(' ');
        if (from is not null)
        {
            text = text[SchemeWithoutHost(text)..];
        }

        var hostAt = HostAt(text);
        if (hostAt == 0)
        {
            return from is null || HasScheme(text) ? location : OfOwn(Absolute(text, from.Path), from.Host, measurementPath);
        }

        var end = text[hostAt..].IndexOfAny('?', '#');
        var target = text[hostAt..];
        return HostRoutes.TryFind(end < 0 ? target : target[..end], out var route) && route.Kind != RouteKind.Elsewhere
            ? $"{measurementPath}/-/{target}"
            : location;
    }

    private static string OfOwn(string path, string host, string measurementPath)
    {
        var end = path.AsSpan().IndexOfAny('?', '#');
        return HostRoutes.TryFind(host, end < 0 ? path : path.AsSpan(0, end), out _) ? $"{measurementPath}/-/{host}{path}" : $"https://{host}{path}";
    }

    /// <summary>Where the host begins; 0 for an address without one.</summary>
    private static int HostAt(ReadOnlySpan<char> text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
        : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
        : text.StartsWith("//", StringComparison.Ordinal) ? 2
        : 0;

    /// <summary>The length of a scheme that no host follows: to browsers <c>https:/x</c> and <c>https:x</c> are the path of the page they are on (URL Standard §4.4).</summary>
    private static int SchemeWithoutHost(ReadOnlySpan<char> text)
    {
        var length = text.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? 6 : text.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? 5 : 0;
        return length == 0 || (text.Length > length + 1 && text[length] is '/' or '\\' && text[length + 1] is '/' or '\\') ? 0 : length;
    }

    /// <summary>RFC 3986 §3.1: letters, digits, '+', '-' and '.' before a colon, which comes before any slash.</summary>
    private static bool HasScheme(ReadOnlySpan<char> text) => text.IndexOfAny(":/?#") is > 0 and var end && text[end] == ':';

    /// <summary>RFC 3986 §5.2, less the resolving of dots: those are in no listed path.</summary>
    private static string Absolute(ReadOnlySpan<char> text, string basePath) =>
        text.Length == 0 || text[0] is '?' or '#' ? string.Concat(basePath, text)
        : text[0] == '/' ? text.ToString()
        : string.Concat(basePath.AsSpan(0, basePath.LastIndexOf('/') + 1), text);
}
