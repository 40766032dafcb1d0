using System.Collections.Frozen;
using TagGateway.Configuration;
using TagGateway.Html;
using TagGateway.Sanitizing;

namespace TagGateway.Pages;

/// <summary>What a site wants of its pages; immutable.</summary>
internal sealed class PageRules
{
    public required TagPlan Tags { get; init; }

    /// <summary>Of answers that are pages: <c>text/html</c>.</summary>
    public required FrozenSet<string> ContentTypes { get; init; }

    /// <summary>Empty: every path.</summary>
    public required IReadOnlyList<PathPattern> Include { get; init; }

    /// <summary>Outweighs <see cref="Include"/>.</summary>
    public required IReadOnlyList<PathPattern> Exclude { get; init; }

    /// <summary>Of a whole page, which a tag may be injected into; <see cref="PageFingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Of a page asked for as a piece of another: it comes without an injected tag.</summary>
    public required string FingerprintOfPieces { get; init; }

    /// <summary>Null when pages are left as they are.</summary>
    /// <param name="options">Of one site; <paramref name="enabled"/> whether it is.</param>
    /// <param name="enabled">False: pages pass untouched.</param>
    /// <param name="ids">The site's tags, the main one first; empty when they were wrong.</param>
    /// <param name="path">The measurement path; null when it was wrong.</param>
    /// <param name="isFull">Every request of the tag is first-party.</param>
    /// <param name="at">Where the options stand.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static PageRules? Parse(PageOptions options, bool enabled, IReadOnlyList<string> ids, string? path, bool isFull, string at, ConfigurationErrors errors)
    {
        var include = ParsePatterns(options.Include, $"{at}.include", errors);
        var exclude = ParsePatterns(options.Exclude, $"{at}.exclude", errors);
        var types = ParseTypes(options.ContentTypes, $"{at}.contentTypes", errors);
        var consent = ConsentDefault.Parse(options.ConsentDefault, $"{at}.consentDefault", errors);
        if (options.Tag == PageTagHandling.Leave || !enabled || ids.Count == 0 || path is null)
        {
            return null;
        }

        var tags = new TagPlan(ids)
        {
            Path = path,
            IsFull = isFull,
            HeedsBlocking = options.ConsentBlocking == ConsentBlocking.Respect,
            Inject = options.Tag == PageTagHandling.Inject ? options.Position ?? InjectPosition.AfterConsent : null,
            ConsentDefault = options.Tag == PageTagHandling.Inject ? consent : null,
        };
        return new PageRules
        {
            Tags = tags,
            ContentTypes = types.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            Include = include,
            Exclude = exclude,
            Fingerprint = PageFingerprint.Of(tags, ids, mayInject: true),
            FingerprintOfPieces = PageFingerprint.Of(tags, ids, mayInject: false),
        };
    }

    /// <param name="path">Raw, without its query.</param>
    public bool Covers(string path) => (Include.Count == 0 || Any(Include, path)) && !Any(Exclude, path);

    private static bool Any(IReadOnlyList<PathPattern> patterns, string path)
    {
        for (var i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].Matches(path))
            {
                return true;
            }
        }

        return false;
    }

    private static List<PathPattern> ParsePatterns(List<string> texts, string at, ConfigurationErrors errors)
    {
        var patterns = new List<PathPattern>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            if (PathPattern.TryParse(texts[i]) is { } pattern)
            {
                patterns.Add(pattern);
            }
            else
            {
                errors.Add(KeyPath.Index(at, i), $"\"{texts[i]}\" is not a path such as \"/cart\" or \"/blog/*\", as it stands in addresses and without a query");
            }
        }

        return patterns;
    }

    private static List<string> ParseTypes(List<string> texts, string at, ConfigurationErrors errors)
    {
        if (texts.Count == 0)
        {
            errors.Add(at, "is empty: name at least one media type, such as \"text/html\"");
        }

        for (var i = 0; i < texts.Count; i++)
        {
            var slash = texts[i].IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || !HeaderSyntax.IsToken(texts[i].AsSpan(0, slash)) || !HeaderSyntax.IsToken(texts[i].AsSpan(slash + 1)))
            {
                errors.Add(KeyPath.Index(at, i), $"\"{texts[i]}\" is not a media type such as \"text/html\", without parameters");
            }
        }

        return texts;
    }
}
