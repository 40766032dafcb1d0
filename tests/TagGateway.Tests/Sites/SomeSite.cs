using System.Collections.Frozen;
using TagGateway.Caching;
using TagGateway.Responding;
using TagGateway.Sanitizing;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Sites;

/// <summary>Sites for tests, made without the parser.</summary>
internal static class SomeSite
{
    public const string DefaultPath = "/f807";

    public static Site Create(
        string name = "shop", string[]? hosts = null, string[]? tags = null, string path = DefaultPath, bool enabled = true, int maxBodyBytes = 1024,
        string? origin = null, string? originHost = null, ErrorPage? errorPage = null, CachePolicy? scripts = null,
        VisitorIp ip = VisitorIp.Forward, UpstreamKind upstream = UpstreamKind.Gateway, bool isFull = false)
    {
        var ids = (tags ?? ["G-MAIN1"]).Select(Tag).ToList();
        Assert.True(MeasurementPath.TryParse(path, out var measurementPath, out _));
        return new Site
        {
            Name = name,
            Enabled = enabled,
            Hosts = [.. (hosts ?? ["*"]).Select(Host)],
            Path = measurementPath,
            Upstream = upstream,
            IsFull = isFull || upstream == UpstreamKind.Google,
            MainTag = ids[0],
            Tags = ids.ToFrozenSet(),
            Origin = Origin.TryParse(origin, originHost, out var website) ? website : null,
            OriginTimeout = TimeSpan.FromMinutes(1),
            ErrorPage = errorPage,
            Visitor = new VisitorPolicy(ip, CookieAllowList.Create(CookieAllowList.DefaultPatterns), RefererPolicy.Origin),
            Scripts = scripts,
            MaxBodyBytes = maxBodyBytes,
            Timeout = TimeSpan.FromSeconds(10),
        };
    }

    public static TagId Tag(string text)
    {
        Assert.True(TagId.TryParse(text, out var tag));
        return tag;
    }

    public static HostPattern Host(string text)
    {
        Assert.True(HostPattern.TryParse(text, out var pattern), text);
        return pattern;
    }
}
