using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Routes;

/// <summary>Finds where <c>PATH/-/&lt;host&gt;/&lt;path&gt;</c> leads. Everything is compared as it was written: another case, a port, a user name, a trailing
/// dot or an escape is another text, and found nowhere.</summary>
internal static class HostRoutes
{
    private const string Region = "region";
    private const string Google = ".google.";

    /// <summary>By host; then those by host pattern, which no host may be taken for.</summary>
    private static readonly FrozenDictionary<string, HostPaths>.AlternateLookup<ReadOnlySpan<char>> Exact = Index(arePatterns: false);
    private static readonly FrozenDictionary<string, HostPaths>.AlternateLookup<ReadOnlySpan<char>> Patterns = Index(arePatterns: true);

    /// <summary>Hosts of the table, one of each pattern.</summary>
    public static IEnumerable<string> SomeHosts => Exact.Dictionary.Keys.Concat(Patterns.Dictionary.Keys)
        .Select(host => host.Replace('#', '1').Replace("%", "com", StringComparison.Ordinal));

    /// <param name="rest"><c>&lt;host&gt;/&lt;path&gt;</c>, raw, without query.</param>
    /// <param name="route">The route.</param>
    public static bool TryFind(ReadOnlySpan<char> rest, [NotNullWhen(true)] out GoogleRoute? route)
    {
        var slash = rest.IndexOf('/');
        route = null;
        return slash > 0 && TryFind(rest[..slash], rest[slash..], out route);
    }

    /// <param name="host">A host name alone.</param>
    /// <param name="path">Raw, beginning with '/', without query.</param>
    /// <param name="route">The route.</param>
    public static bool TryFind(ReadOnlySpan<char> host, ReadOnlySpan<char> path, [NotNullWhen(true)] out GoogleRoute? route)
    {
        var known = Exact.TryGetValue(host, out var exact) ? exact : null;
        route = (known?.KindOf(path) ?? PatternOf(host)?.KindOf(path)) is { } kind
            ? new GoogleRoute(known?.Host ?? host.ToString(), path.ToString(), kind)
            : null;
        return route is not null;
    }

    /// <summary>Whether the table has the host, for whatever path.</summary>
    public static bool Knows(ReadOnlySpan<char> host) => Exact.ContainsKey(host) || PatternOf(host) is not null;

    /// <summary>The pattern that a host fits: its variable part is digits, or one of Google's domains.</summary>
    private static HostPaths? PatternOf(ReadOnlySpan<char> host)
    {
        var dot = host.IndexOf('.');
        if (dot <= 0)
        {
            return null;
        }

        var label = host[..dot];
        var rest = host[dot..];
        return IsNumber(label) ? Find("#", rest)
            : label.StartsWith(Region, StringComparison.Ordinal) && IsNumber(label[Region.Length..]) ? Find("region#", rest)
            : rest.StartsWith(Google, StringComparison.Ordinal) && GoogleDomains.Contains(rest[Google.Length..]) ? Find(label, ".google.%")
            : null;
    }

    private static HostPaths? Find(ReadOnlySpan<char> label, ReadOnlySpan<char> rest) =>
        Patterns.TryGetValue(string.Concat(label, rest), out var paths) ? paths : null;

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length is > 0 and <= 12 && !text.ContainsAnyExceptInRange('0', '9');

    private static FrozenDictionary<string, HostPaths>.AlternateLookup<ReadOnlySpan<char>> Index(bool arePatterns) => RouteTable.Rows
        .SelectMany(row => row.Hosts.SelectMany(host => row.Paths.Select(path => (Host: host, Path: path, row.Kind))))
        .Where(one => one.Host.AsSpan().ContainsAny('#', '%') == arePatterns)
        .GroupBy(one => one.Host)
        .ToFrozenDictionary(group => group.Key, group => new HostPaths(group.Key, [.. group.Select(one => (one.Path, one.Kind))]), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The paths of one host, or host pattern.</summary>
    private sealed record HostPaths(string Host, (string Path, RouteKind Kind)[] Paths)
    {
        public RouteKind? KindOf(ReadOnlySpan<char> path)
        {
            foreach (var (pattern, kind) in Paths)
            {
                if (RoutePath.Matches(pattern, path))
                {
                    return kind;
                }
            }

            return null;
        }
    }
}
