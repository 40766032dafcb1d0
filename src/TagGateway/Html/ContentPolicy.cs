namespace TagGateway.Html;

/// <summary>One content security policy, as far as it concerns a tag (CSP3 §2.2).</summary>
internal sealed class ContentPolicy
{
    private readonly Dictionary<string, string[]> _directives;
    private readonly string[]? _script;
    private readonly bool _allowsAnyInline;
    private readonly bool _isStrictDynamic;

    private ContentPolicy(Dictionary<string, string[]> directives)
    {
        _directives = directives;
        _script = SourcesOf("script-src-elem", "script-src");
        ScriptNonces = [.. (_script ?? []).Select(SourceExpression.NonceOf).OfType<string>()];
        _isStrictDynamic = Has(_script, "'strict-dynamic'");
        _allowsAnyInline = Has(_script, "'unsafe-inline'") && !_isStrictDynamic && !Array.Exists(_script!, source => SourceExpression.NonceOf(source) is not null || SourceExpression.IsHash(source));
        RequiresTrustedTypes = directives.TryGetValue("require-trusted-types-for", out var sinks) && Has(sinks, "'script'");
    }

    /// <summary>In order; empty: it does not restrict scripts, or knows no nonce.</summary>
    public IReadOnlyList<string> ScriptNonces { get; }

    public bool RequiresTrustedTypes { get; }

    private bool ForbidsScripts => _directives.TryGetValue("sandbox", out var allowed) && !Has(allowed, "allow-scripts");

    /// <summary>Null for an empty one. Names in any case; of a name that comes twice the first counts.</summary>
    /// <param name="isMeta">Of a page's markup, where <c>frame-ancestors</c>, <c>report-uri</c> and <c>sandbox</c> are ignored.</param>
    public static ContentPolicy? TryParse(string text, bool isMeta)
    {
        var directives = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var part in text.Split(';'))
        {
            var words = part.Split((char[])[' ', '\t', '\n', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && words[0].ToLowerInvariant() is var name && !(isMeta && name is "frame-ancestors" or "report-uri" or "sandbox"))
            {
                directives.TryAdd(name, words[1..]);
            }
        }

        return directives.Count == 0 ? null : new ContentPolicy(directives);
    }

    /// <summary>CSP3 §6.7.3.3.</summary>
    public bool AllowsInline(string? nonce) => !ForbidsScripts && (_script is null || _allowsAnyInline || Accepts(nonce));

    /// <summary>CSP3 §6.7.1.1.</summary>
    public bool AllowsScript(string? nonce, string? origin, string path, bool isInMarkup) =>
        !ForbidsScripts && (_script is null || Accepts(nonce) || (_isStrictDynamic ? !isInMarkup : SourceExpression.AnyMatches(_script, origin, path)));

    /// <summary>By the first of the directives that it has, else by <c>default-src</c>.</summary>
    public bool Allows(string? origin, string path, params ReadOnlySpan<string> names) =>
        SourcesOf(names) is not { } sources || SourceExpression.AnyMatches(sources, origin, path);

    private static bool Has(string[]? words, string word) => words is not null && Array.Exists(words, each => each.Equals(word, StringComparison.OrdinalIgnoreCase));

    private bool Accepts(string? nonce) => nonce is { Length: > 0 } && ScriptNonces.Contains(nonce);

    /// <summary>Null: nothing is restricted.</summary>
    private string[]? SourcesOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_directives.TryGetValue(name, out var sources))
            {
                return sources;
            }
        }

        return _directives.GetValueOrDefault("default-src");
    }
}
