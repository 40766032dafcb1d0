using System.Net;
using TagGateway.Configuration;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Tests.Configuration;
using TagGateway.Upstream;

namespace TagGateway.Tests.Sites;

/// <summary>Settings for tests.</summary>
internal static class SomeSettings
{
    public static CurrentSettings Create(
        Site[]? sites = null, string[]? trustedProxies = null, string? defaultRegion = null, string? database = null, long cacheBytes = 64 * 1024 * 1024)
    {
        var errors = new ConfigurationErrors();
        var geo = RegionSources.Parse(new GeoOptions { Default = defaultRegion, Database = database }, SomeFiles.In(), null, errors);
        Assert.True(errors.IsEmpty);
        return new CurrentSettings(new GatewaySettings(new SiteTable(sites ?? []), Proxies(trustedProxies ?? []), geo, ConnectTo.Nothing, cacheBytes));
    }

    public static TrustedProxies Proxies(params string[] networks) => new([.. networks.Select(Network)]);

    private static IPNetwork Network(string text)
    {
        Assert.True(TrustedProxies.TryParseNetwork(text, out var network), text);
        return network;
    }
}
