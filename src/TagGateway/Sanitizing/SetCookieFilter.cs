using System.Text;

namespace TagGateway.Sanitizing;

/// <summary>Fits a <c>Set-Cookie</c> of Google to the site: one of Google's own host becomes the site's (host-only), one of a foreign
/// domain is dropped, for the browser would refuse it or, worse, not.</summary>
internal static class SetCookieFilter
{
    private const string GatewayDomain = "fps.goog";

    /// <summary>The line as it came, less a <c>Domain</c> of Google's; null when the cookie is dropped.</summary>
    /// <param name="line">One <c>Set-Cookie</c> value (RFC 6265 §4.1).</param>
    /// <param name="host">The visitor's host, without port.</param>
    public static string? Filter(string line, string host)
    {
        var attributes = line.AsSpan();
        var first = line.IndexOf(';', StringComparison.Ordinal);
        if (first < 0)
        {
            return line;
        }

        var kept = new StringBuilder(line, 0, first, line.Length);
        foreach (var range in attributes[(first + 1)..].Split(';'))
        {
            var attribute = attributes[(first + 1)..][range];
            var equals = attribute.IndexOf('=');
            var name = (equals < 0 ? attribute : attribute[..equals]).Trim();
            if (!name.Equals("domain", StringComparison.OrdinalIgnoreCase))
            {
                kept.Append(';').Append(attribute);
                continue;
            }

            var domain = equals < 0 ? [] : attribute[(equals + 1)..].Trim().TrimStart('.');
            if (domain.Length == 0 || IsWithin(domain, GatewayDomain))
            {
                continue;
            }

            if (!IsWithin(host.AsSpan().TrimEnd('.'), domain))
            {
                return null;
            }

            kept.Append(';').Append(attribute);
        }

        return kept.Length == line.Length ? line : kept.ToString();
    }

    /// <summary>The name itself, or one below it.</summary>
    private static bool IsWithin(ReadOnlySpan<char> name, ReadOnlySpan<char> domain) =>
        name.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && (name.Length == domain.Length || name[name.Length - domain.Length - 1] == '.');
}
