using System.Collections.Frozen;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Pages;
using TagGateway.Responding;
using TagGateway.Sanitizing;
using TagGateway.Upstream;

namespace TagGateway.Sites;

/// <summary>Turns what the operator wrote into a <see cref="Site"/>, naming every mistake with its path.</summary>
internal static class SiteParser
{
    private const int MaxNameLength = 64;

    /// <summary>Null when anything was wrong; then <paramref name="errors"/> tells all of it.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="options">What the operator wrote.</param>
    /// <param name="files">Reads the files that they name.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static Site? Parse(string name, SiteOptions options, OperatorFiles files, ConfigurationErrors errors)
    {
        var at = KeyPath.Member("sites", name);
        var before = errors.All.Count;
        if (name.Length is 0 or > MaxNameLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            errors.Add(at, $"a site's name is 1 to {MaxNameLength} letters, digits, '-', '_' and '.'");
        }

        var hosts = ParseHosts(options.Hosts, at, errors);
        if (!MeasurementPath.TryParse(options.Path, out var path, out var pathError))
        {
            errors.Add($"{at}.path", pathError);
        }

        var tags = ParseTags(options.Tags, at, errors);
        var origin = ParseOrigin(options, at, errors);
        var isFull = options.Coverage == CoverageKind.Full || options.Upstream == UpstreamKind.Google;
        var pages = PageRules.Parse(options.Page, options.Enabled, [.. tags.Select(tag => tag.ToString())], path?.Value, isFull, $"{at}.page", errors);
        if (options.Page.Tag != PageTagHandling.Leave && options.Origin is null)
        {
            errors.Add($"{at}.page.tag", "has no effect without an origin");
        }

        var errorPage = ParseErrorPage(options, files, at, errors);
        for (var i = 0; i < options.Visitor.Cookies.Count; i++)
        {
            if (!CookieAllowList.IsPattern(options.Visitor.Cookies[i]))
            {
                errors.Add($"{at}.visitor.cookies[{i}]", $"\"{options.Visitor.Cookies[i]}\" is not a cookie name, nor a prefix followed by one '*'");
            }
        }

        return errors.All.Count > before ? null : new Site
        {
            Name = name,
            Enabled = options.Enabled,
            Hosts = hosts,
            Path = path!, // parsed: it would have left an error
            Upstream = options.Upstream,
            IsFull = isFull,
            MainTag = tags[0],
            Tags = tags.ToFrozenSet(),
            Origin = origin,
            Pages = pages,
            OriginTimeout = options.OriginTimeout,
            ErrorPage = errorPage,
            Visitor = new VisitorPolicy(options.Visitor.Ip, CookieAllowList.Create(options.Visitor.Cookies), options.Visitor.Referer),
            Scripts = options.Scripts.Cache ? new CachePolicy(options.Scripts.MaxAge, options.Scripts.StaleWhileRevalidate, options.Scripts.StaleIfError) : null,
            MaxBodyBytes = options.Beacons.MaxBodyBytes,
            Timeout = options.Beacons.Timeout,
        };
    }

    private static List<HostPattern> ParseHosts(List<string> texts, string at, ConfigurationErrors errors)
    {
        var hosts = new List<HostPattern>(texts.Count);
        if (texts.Count == 0)
        {
            errors.Add($"{at}.hosts", "is empty: name at least one host, or \"*\" for any");
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (HostPattern.TryParse(texts[i], out var host))
            {
                hosts.Add(host);
            }
            else
            {
                errors.Add($"{at}.hosts[{i}]", $"\"{texts[i]}\" is not a host name (without port), \"*.\" and a host name, or \"*\"");
            }
        }

        return hosts;
    }

    private static List<TagId> ParseTags(List<string> texts, string at, ConfigurationErrors errors)
    {
        var tags = new List<TagId>(texts.Count);
        if (texts.Count == 0)
        {
            errors.Add($"{at}.tags", "is empty: name at least one tag id, such as \"G-ABC123\" or \"GTM-ABC123\"");
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (!TagId.TryParse(texts[i], out var tag))
            {
                errors.Add($"{at}.tags[{i}]", $"\"{texts[i]}\" is not a tag id such as \"G-ABC123\" or \"GTM-ABC123\"");
            }
            else if (tags.Contains(tag))
            {
                errors.Add($"{at}.tags[{i}]", $"\"{texts[i]}\" is named twice");
            }
            else
            {
                tags.Add(tag);
            }
        }

        return tags;
    }

    private static Origin? ParseOrigin(SiteOptions options, string at, ConfigurationErrors errors)
    {
        Origin? origin = null;
        if (options.Origin is not null && !Origin.TryParse(options.Origin, options.OriginHost, out origin))
        {
            errors.Add($"{at}.origin", $"\"{options.Origin}\" is not http://HOST[:PORT], https://HOST[:PORT] or h2c://HOST[:PORT], without a path");
        }

        if (options.OriginHost is not null)
        {
            if (options.Origin is null)
            {
                errors.Add($"{at}.originHost", "has no effect without an origin");
            }

            if (!IsHostAndPort(options.OriginHost))
            {
                errors.Add($"{at}.originHost", $"\"{options.OriginHost}\" is not a host name");
            }
        }

        return origin;
    }

    private static ErrorPage? ParseErrorPage(SiteOptions options, OperatorFiles files, string at, ConfigurationErrors errors)
    {
        if (options.ErrorPage is null)
        {
            return null;
        }

        if (options.Origin is null)
        {
            errors.Add($"{at}.errorPage", "has no effect without an origin");
        }

        if (options.ErrorPage.Length == 0 || options.ErrorPage.Contains('\0', StringComparison.Ordinal))
        {
            errors.Add($"{at}.errorPage", "is not the name of a file");
            return null;
        }

        var path = files.FullPath(options.ErrorPage);
        var page = ErrorPage.Read(path, files, out var problem);
        if (page is null)
        {
            errors.Add($"{at}.errorPage", $"{path}: {problem}");
        }

        return page;
    }

    /// <summary>A host with or without a port, as a Host header has it.</summary>
    private static bool IsHostAndPort(string text) =>
        text.AsSpan().IndexOfAny("/?#@\\") < 0 && Uri.TryCreate($"http://{text}", UriKind.Absolute, out var uri) && uri.Host.Length > 0;
}
