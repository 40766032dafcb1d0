using System.Collections.Frozen;

namespace TagGateway.Routes;

/// <summary>Tells whether the beginning of an address, as it stands in a script, may become one that there is a route for: most are completed at run time.</summary>
internal static class RouteReach
{
    /// <summary>By host pattern: what its paths begin with, up to their first variable part, and whether a path may end there.</summary>
    private static readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> Paths = RouteTable.Rows
        .SelectMany(row => row.Hosts.SelectMany(host => row.Paths.Select(path => (Host: host, Path: path))))
        .GroupBy(one => one.Host, one => one.Path, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="host">As it stands there: a name, with <c>{a placeholder}</c> or a '%' in it, or one that something comes before.</param>
    /// <param name="rest">What follows it in the literal: a path, its beginning, nothing; with a query it is whole.</param>
    public static bool MayLead(ReadOnlySpan<char> host, ReadOnlySpan<char> rest)
    {
        if (host.IndexOf('}') is >= 0 and var brace)
        {
            host = host[(brace + 1)..];
        }

        var question = rest.IndexOfAny('?', '#');
        var path = question < 0 ? rest : rest[..question];
        foreach (var pattern in PatternsOf(host))
        {
            if (Paths.TryGetValue(pattern, out var paths) && Leads(paths, path, isWhole: question >= 0))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Leads(string[] paths, ReadOnlySpan<char> beginning, bool isWhole)
    {
        foreach (var path in paths)
        {
            var end = path.AsSpan().IndexOfAny("[#@*");
            var known = end < 0 ? path : path.AsSpan(0, end);
            if (RoutePath.Matches(path, beginning)
                || (!isWhole && (known.StartsWith(beginning, StringComparison.Ordinal) || (end >= 0 && beginning.StartsWith(known, StringComparison.Ordinal)))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The rows that a host of a script may come to stand in.</summary>
    private static string[] PatternsOf(ReadOnlySpan<char> host) => host switch
    {
        "www.%" or "www.google.%" => ["www.google.%"],
        "google-analytics.com" or "analytics.google.com" => [host.ToString(), $"www.{host}", $"region#.{host}"],
        _ when host.StartsWith("www.google.", StringComparison.Ordinal) && GoogleDomains.Contains(host["www.google.".Length..]) => [host.ToString(), "www.google.%"],
        _ when host.StartsWith("adservice.google.", StringComparison.Ordinal) => [host.ToString(), "adservice.google.%"],
        _ when host.StartsWith("ampcid.google.", StringComparison.Ordinal) => [host.ToString(), "ampcid.google.%"],
        _ when host.StartsWith("region", StringComparison.Ordinal) && host.IndexOf('.') is > 0 and var dot => [$"region#{host[dot..]}"],
        _ when host.EndsWith(".fls.doubleclick.net", StringComparison.Ordinal) => ["#.fls.doubleclick.net"],
        _ => [host.ToString()],
    };
}
