namespace TagGateway.Receiving;

/// <summary>Checks that a request names the host it is for (RFC 9110 §4.2.1 and §7.2): a site of every host would serve one that names none.
/// A <c>Host</c> that differs from HTTP/2's <c>:authority</c> is never seen: Kestrel has put the latter in its place (RFC 9113 §8.3.1), for the origin too.</summary>
internal static class HostRule
{
    public static bool IsMet(HttpRequest request)
    {
        var host = request.Headers.Host;
        return host.Count == 0
            ? HttpProtocol.IsHttp10(request.Protocol) // which knows no Host
            : NamesAHost(host.ToString());
    }

    /// <summary>":80" names none, and neither does the root domain ".".</summary>
    private static bool NamesAHost(ReadOnlySpan<char> authority)
    {
        var port = authority.IndexOf(':');
        return (port < 0 ? authority : authority[..port]).ContainsAnyExcept(" \t.");
    }
}
