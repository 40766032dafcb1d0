using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using TagGateway.Configuration;

namespace TagGateway.Sites;

/// <summary>Finds the site of a host in constant time: the exact name, else the wildcard one label up, else <c>*</c>. Immutable.</summary>
internal sealed class SiteTable
{
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _wildcard;
    private readonly Site? _any;

    /// <summary>Hosts claimed twice: the first site keeps them; <see cref="Check"/> tells of the others.</summary>
    public SiteTable(IReadOnlyList<Site> sites)
    {
        All = sites;
        _exact = Index(sites, HostPatternKind.Exact);
        _wildcard = Index(sites, HostPatternKind.Wildcard);
        _any = sites.FirstOrDefault(site => site.Hosts.Any(host => host.Kind == HostPatternKind.Any));
    }

    public IReadOnlyList<Site> All { get; }

    /// <summary>Every host that two sites claim, or one site names twice.</summary>
    public static void Check(IReadOnlyList<Site> sites, ConfigurationErrors errors)
    {
        var owners = new Dictionary<HostPattern, Site>();
        foreach (var site in sites)
        {
            for (var i = 0; i < site.Hosts.Count; i++)
            {
                if (!owners.TryAdd(site.Hosts[i], site))
                {
                    var owner = owners[site.Hosts[i]];
                    errors.Add($"{KeyPath.Member("sites", site.Name)}.hosts[{i}]", owner == site
                        ? $"\"{site.Hosts[i]}\" is named twice"
                        : $"\"{site.Hosts[i]}\" belongs to site \"{owner.Name}\" already");
                }
            }
        }
    }

    /// <param name="host">A host without port; upper case and one trailing dot are fine; empty (HTTP/1.0) only finds <c>*</c>.</param>
    /// <param name="site">The site, or null.</param>
    public bool TryFind(ReadOnlySpan<char> host, [NotNullWhen(true)] out Site? site)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        if (_exact.TryGetValue(name, out site))
        {
            return true;
        }

        var dot = name.IndexOf('.');
        if (dot > 0 && _wildcard.TryGetValue(name[(dot + 1)..], out site))
        {
            return true;
        }

        site = _any;
        return site is not null;
    }

    private static FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> Index(IReadOnlyList<Site> sites, HostPatternKind kind)
    {
        var byName = new Dictionary<string, Site>(StringComparer.OrdinalIgnoreCase);
        foreach (var site in sites)
        {
            foreach (var host in site.Hosts)
            {
                if (host.Kind == kind)
                {
                    byName.TryAdd(host.Name, site);
                }
            }
        }

        return byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
