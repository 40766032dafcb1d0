using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Sanitizing;

/// <summary>What a <c>Connection</c> header nominates: headers meant for this hop alone (RFC 9110 §7.6.1).</summary>
internal static class ConnectionHeader
{
    /// <summary>Connection options that are no headers, and headers that no hop can do without: nominating these takes nothing away.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Needed =
        new[] { "keep-alive", "close", HeaderNames.Upgrade, HeaderNames.ContentLength, HeaderNames.TransferEncoding, HeaderNames.Host }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What is no header name nominates nothing. Null when it nominates nothing beyond the usual <c>close</c>,
    /// <c>keep-alive</c> and <c>Upgrade</c>.</summary>
    public static HashSet<string>? Nominated(StringValues connection)
    {
        HashSet<string>? names = null;
        foreach (var line in connection)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var name = line.AsSpan(range).Trim();
                if (HeaderSyntax.IsToken(name) && !Needed.Contains(name))
                {
                    names ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                    names.Add(name.ToString());
                }
            }
        }

        return names;
    }
}
