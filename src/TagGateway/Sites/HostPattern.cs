using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace TagGateway.Sites;

/// <summary>Which hosts a site answers on: an exact name, <c>*.name</c> (one label in place of the star), or <c>*</c> (any).
/// Kept in lower case, without port or trailing dot.</summary>
internal readonly record struct HostPattern
{
    private const int MaxLength = 253;

    private HostPattern(HostPatternKind kind, string name) => (Kind, Name) = (kind, name);

    public HostPatternKind Kind { get; }

    /// <summary>Exact: the host; wildcard: what follows <c>*.</c>; any: empty.</summary>
    public string Name { get; }

    /// <summary>False for what is no host name, IPv4 address or bracketed IPv6 address; ports are refused: a site is a host, whatever its port.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out HostPattern pattern)
    {
        pattern = default;
        if (text == "*")
        {
            pattern = new HostPattern(HostPatternKind.Any, "");
            return true;
        }

        var name = (text ?? "").ToLowerInvariant();
        name = name.EndsWith('.') ? name[..^1] : name;
        var kind = HostPatternKind.Exact;
        if (name.StartsWith("*.", StringComparison.Ordinal))
        {
            (kind, name) = (HostPatternKind.Wildcard, name[2..]);
        }

        var ok = name.Length is > 0 and <= MaxLength && !name.EndsWith('.') && Uri.CheckHostName(name) switch
        {
            UriHostNameType.Dns => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'),
            UriHostNameType.IPv4 => kind == HostPatternKind.Exact,
            UriHostNameType.IPv6 => kind == HostPatternKind.Exact && name[0] == '[',
            _ => false,
        };
        // Browsers send an IPv6 address in its short form.
        pattern = ok ? new HostPattern(kind, name[0] == '[' ? $"[{IPAddress.Parse(name)}]" : name) : default;
        return ok;
    }

    public override string ToString() => Kind switch
    {
        HostPatternKind.Any => "*",
        HostPatternKind.Wildcard => "*." + Name,
        _ => Name,
    };
}
