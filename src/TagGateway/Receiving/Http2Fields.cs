using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Receiving;

/// <summary>Rules for header fields that only HTTP/2 has (RFC 9113 §8.2). A request that breaks one is malformed, and an intermediary must not forward it.</summary>
internal static class Http2Fields
{
    private static readonly FrozenSet<string> ConnectionSpecific = new[]
    {
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyConnection, HeaderNames.TransferEncoding, HeaderNames.Upgrade,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the field is about a connection of HTTP/1.1 (§8.2.2). <c>TE: trailers</c> is the one that is allowed.</summary>
    public static bool IsConnectionSpecific(string name, StringValues values) =>
        ConnectionSpecific.Contains(name)
        || (name.Equals(HeaderNames.TE, StringComparison.OrdinalIgnoreCase) && !"trailers".Equals(values.ToString(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the value starts or ends with a space or tab (§8.2.1): HTTP/1.1 has no way to say so.</summary>
    public static bool IsPadded(ReadOnlySpan<char> value) => value.Length > 0 && (value[0] is ' ' or '\t' || value[^1] is ' ' or '\t');
}
