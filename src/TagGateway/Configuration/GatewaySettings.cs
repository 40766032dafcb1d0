using System.Net;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.Configuration;

/// <summary>All that a request needs of the configuration, parsed and immutable; a reload replaces it whole.</summary>
internal sealed record GatewaySettings(SiteTable Sites, TrustedProxies TrustedProxies, RegionSources Geo, ConnectTo ConnectTo, long CacheBytes)
{
    /// <summary>Null: the administration API answers its own machine only.</summary>
    public AdminToken? AdminToken { get; init; }

    /// <summary>Null: nothing is shared with other gateways.</summary>
    public RedisTarget? Redis { get; init; }

    /// <summary>Null: nothing is served with TLS.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>What clients may take of the process.</summary>
    public LimitSettings Limits { get; init; } = LimitSettings.Of(new LimitOptions(), ProcessMemory.AvailableBytes, origins: 1);

    /// <summary>For the end, when it comes.</summary>
    public ShutdownOptions Shutdown { get; init; } = new();

    /// <summary>Null when anything was wrong; then <paramref name="errors"/> tells all of it.</summary>
    /// <param name="options">What the operator wrote.</param>
    /// <param name="files">Reads the files that they name.</param>
    /// <param name="inForce">What it keeps open and stays the same is not opened again; null at the start.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static GatewaySettings? Parse(GatewayOptions options, OperatorFiles files, GatewaySettings? inForce, ConfigurationErrors errors)
    {
        var before = errors.All.Count;
        if (options.Sites.Count == 0)
        {
            errors.Add("sites", "is empty: configure at least one site (or give --tag, --path and --origin)");
        }

        var sites = options.Sites.Select(pair => SiteParser.Parse(pair.Key, pair.Value, files, errors)).OfType<Site>().ToList();
        SiteTable.Check(sites, errors);
        var trustedProxies = ParseTrustedProxies(options.TrustedProxies, errors);
        var geo = RegionSources.Parse(options.Geo, files, inForce?.Geo.Database, errors);
        var connectTo = ParseConnectTo(options.ConnectTo, errors);
        var tls = TlsSettings.Parse(options.Tls, files, inForce?.Tls, errors);
        AdminToken? adminToken = null;
        if (options.Admin.Token is { } token && !AdminToken.TryParse(token, out adminToken, out var tokenProblem))
        {
            errors.Add("admin.token", tokenProblem);
        }

        RedisTarget? redis = null;
        if (options.Cache.Redis is { } connection && !RedisTarget.TryParse(connection, out redis, out var redisProblem))
        {
            errors.Add("cache.redis", redisProblem);
        }

        return errors.All.Count > before
            ? null
            : new GatewaySettings(new SiteTable(sites), trustedProxies, geo, connectTo, options.Cache.MemoryBytes ?? CacheOptions.DefaultBytes(ProcessMemory.AvailableBytes))
            {
                Limits = LimitSettings.Of(options.Limits, ProcessMemory.AvailableBytes, sites.Count(site => site.Origin is not null)),
                AdminToken = adminToken,
                Redis = redis,
                Tls = tls,
                Shutdown = options.Shutdown,
            };
    }

    private static TrustedProxies ParseTrustedProxies(List<string> texts, ConfigurationErrors errors)
    {
        var networks = new List<IPNetwork>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            if (TrustedProxies.TryParseNetwork(texts[i], out var network))
            {
                networks.Add(network);
            }
            else
            {
                errors.Add($"trustedProxies[{i}]", $"\"{texts[i]}\" is not an address or a network such as \"10.0.0.0/8\"");
            }
        }

        return new TrustedProxies(networks);
    }

    private static ConnectTo ParseConnectTo(Dictionary<string, string> texts, ConfigurationErrors errors)
    {
        var targets = new Dictionary<string, Uri>();
        foreach (var (host, text) in texts)
        {
            if (!ConnectTo.IsKey(host))
            {
                errors.Add(KeyPath.Member("connectTo", host), "the key is not a host name, \"*.\" and a suffix, or \"*\"");
            }
            else if (ConnectTo.TryParseTarget(text, out var target))
            {
                targets[host] = target;
            }
            else
            {
                errors.Add(KeyPath.Member("connectTo", host), $"\"{text}\" is not http://HOST[:PORT] or https://HOST[:PORT], without a path");
            }
        }

        return new ConnectTo(targets);
    }
}
