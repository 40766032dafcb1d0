using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace TagGateway.Receiving;

/// <summary>Under which scheme and host the visitor's browser knows the site: as it asked, or as a trusted proxy says that it did.</summary>
internal static class VisitorOrigin
{
    private const int MaxHostLength = 255;

    /// <summary>What host names and ports are made of; anything else is not written into a script.</summary>
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:[]");

    /// <summary>False when the host holds what no host name does.</summary>
    /// <param name="context">The request.</param>
    /// <param name="visitor">Who sent it.</param>
    /// <param name="scheme"><c>https</c> or <c>http</c>.</param>
    /// <param name="host">In lower case, with a port where the visitor uses one.</param>
    public static bool TryRead(HttpContext context, Visitor visitor, out string scheme, [NotNullWhen(true)] out string? host)
    {
        var headers = context.Request.Headers;
        var told = visitor.IsViaTrustedProxy ? First(headers["X-Forwarded-Proto"]) : null;
        scheme = (told ?? context.Request.Scheme).Equals("https", StringComparison.OrdinalIgnoreCase) ? "https" : "http";
        host = (visitor.IsViaTrustedProxy ? First(headers["X-Forwarded-Host"]) : null) ?? context.Request.Host.Value;
        if (host is not { Length: > 0 and <= MaxHostLength } || host.AsSpan().ContainsAnyExcept(HostCharacters))
        {
            return false;
        }

        // Browsers write it so; one script for each spelling would be many.
        host = host.ToLowerInvariant();
        return true;
    }

    /// <summary>The visitor's own hop: further proxies add theirs behind it.</summary>
    private static string? First(StringValues values)
    {
        var line = values.Count > 0 ? values[0] : null;
        var first = line?.Split(',')[0].Trim();
        return string.IsNullOrEmpty(first) ? null : first;
    }
}
