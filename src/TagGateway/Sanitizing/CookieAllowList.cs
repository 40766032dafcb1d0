using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TagGateway.Sanitizing;

/// <summary>The cookies that may leave towards Google: exact names and <c>prefix*</c> patterns, case-sensitive as cookie names are.</summary>
internal sealed class CookieAllowList
{
    /// <summary>Google's own first-party cookies (Google help 16960855 and the cookies its scripts write).</summary>
    public static readonly IReadOnlyList<string> DefaultPatterns = ["_ga", "_ga_*", "_gid", "_gcl_*", "_gac_*", "FP*", "__TAG_ASSISTANT"];

    /// <summary>No cookie leaves.</summary>
    public static readonly CookieAllowList Nothing = new([], []);

    private readonly string[] _names;
    private readonly string[] _prefixes;

    private CookieAllowList(string[] names, string[] prefixes) => (_names, _prefixes) = (names, prefixes);

    /// <summary>A pattern is a cookie name (RFC 6265 token) or one followed by a last '*'; "*" alone is refused: it would send everything.</summary>
    public static bool IsPattern([NotNullWhen(true)] string? pattern)
    {
        var name = pattern is null ? "" : pattern.EndsWith('*') ? pattern[..^1] : pattern;
        return name.Length > 0 && HeaderSyntax.IsToken(name) && !name.Contains('*', StringComparison.Ordinal);
    }

    /// <param name="patterns">Each one <see cref="IsPattern"/>.</param>
    public static CookieAllowList Create(IEnumerable<string> patterns)
    {
        var byKind = patterns.ToLookup(pattern => pattern.EndsWith('*'));
        return new CookieAllowList([.. byKind[false]], [.. byKind[true].Select(pattern => pattern[..^1])]);
    }

    /// <summary>What of one <c>Cookie</c> header value may leave: the allowed <c>name=value</c> pairs as they came, joined by "; "; null when none.
    /// A pair without '=' has no name and stays here.</summary>
    public string? Filter(string cookieHeader)
    {
        StringBuilder? kept = null;
        string? only = null;
        foreach (var range in cookieHeader.AsSpan().Split(';'))
        {
            var pair = cookieHeader.AsSpan(range).Trim(" \t");
            var equals = pair.IndexOf('=');
            if (equals <= 0 || !Allows(pair[..equals]))
            {
                continue;
            }

            if (only is null)
            {
                only = pair.Length == cookieHeader.Length ? cookieHeader : pair.ToString();
                continue;
            }

            kept ??= new StringBuilder(only, cookieHeader.Length);
            kept.Append("; ").Append(pair);
        }

        return kept?.ToString() ?? only;
    }

    private bool Allows(ReadOnlySpan<char> name)
    {
        foreach (var allowed in _names)
        {
            if (name.SequenceEqual(allowed))
            {
                return true;
            }
        }

        foreach (var prefix in _prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
