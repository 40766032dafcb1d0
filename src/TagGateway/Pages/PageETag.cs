using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TagGateway.Pages;

/// <summary>The entity tag of a rewritten page: the website's own and what it was rewritten by. Grammar: <c>W/" origin "-tg" kind fingerprint "</c>, kind <c>s</c> or <c>w</c> for the
/// website's strong or weak tag, <c>m</c> for its date of change as hexadecimal seconds since 1970, where it has no tag.</summary>
/// <param name="Text">As the visitor has it.</param>
/// <param name="Origin">What stood in the website's tag between its quotes, or the seconds.</param>
/// <param name="Kind"><c>s</c>, <c>w</c> or <c>m</c>.</param>
/// <param name="Fingerprint">Of the rewriting.</param>
internal readonly record struct PageETag(string Text, string Origin, char Kind, string Fingerprint)
{
    private const string Mark = "-tg";
    private const int SuffixLength = 4 + PageFingerprint.Length; // mark, kind, fingerprint

    /// <summary>In place of the website's; null where it has neither a sound tag nor a date of change.</summary>
    /// <param name="tag">The website's <c>ETag</c>.</param>
    /// <param name="lastModified">Its <c>Last-Modified</c>.</param>
    /// <param name="fingerprint">Of the rewriting.</param>
    public static string? Create(string? tag, string? lastModified, string fingerprint)
    {
        var isWeak = tag is not null && tag.StartsWith("W/", StringComparison.Ordinal);
        var quoted = isWeak ? tag![2..] : tag; // weak: not null
        if (quoted is ['"', .., '"'] && quoted.IndexOf('"', 1) == quoted.Length - 1)
        {
            return $"W/{quoted[..^1]}{Mark}{(isWeak ? 'w' : 's')}{fingerprint}\"";
        }

        return DateTimeOffset.TryParseExact(lastModified, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? $"W/\"{date.ToUnixTimeSeconds():x}{Mark}m{fingerprint}\""
            : null;
    }

    /// <summary>Any of the tags has the form of ours, whatever its fingerprint.</summary>
    /// <param name="ifNoneMatch">A line of the header.</param>
    public static bool IsIn(string? ifNoneMatch) => ifNoneMatch is not null && ifNoneMatch.Contains(Mark, StringComparison.Ordinal) && ReadAll(ifNoneMatch).Any();

    /// <summary>Those of the tags that have the form of ours.</summary>
    /// <param name="ifNoneMatch">A line of the header.</param>
    public static IEnumerable<PageETag> ReadAll(string ifNoneMatch)
    {
        for (var at = 0; TryFind(ifNoneMatch, ref at, out var tag);)
        {
            if (TryParse(tag, out var own))
            {
                yield return own;
            }
        }
    }

    /// <summary>The website's tag, as it was; null for a date of change.</summary>
    public string? OriginTag => Kind switch
    {
        's' => $"\"{Origin}\"",
        'w' => $"W/\"{Origin}\"",
        _ => null,
    };

    /// <summary>The website's date of change, for <c>If-Modified-Since</c>; null for a tag.</summary>
    public string? OriginDate =>
        Kind == 'm' && long.TryParse(Origin, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("r", CultureInfo.InvariantCulture)
            : null;

    private static bool TryParse(string tag, out PageETag own)
    {
        own = default;
        var start = tag.IndexOf('"', StringComparison.Ordinal) + 1;
        var mark = tag.Length - 1 - SuffixLength;
        if (mark < start || !tag.AsSpan(mark).StartsWith(Mark, StringComparison.Ordinal))
        {
            return false;
        }

        var (kind, fingerprint) = (tag[mark + Mark.Length], tag[(mark + Mark.Length + 1)..^1]);
        if (kind is not ('s' or 'w' or 'm') || !fingerprint.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        own = new PageETag(tag, tag[start..mark], kind, fingerprint);
        return true;
    }

    /// <summary>The next tag with its quotes; a comma may stand within (RFC 9110 §8.8.3).</summary>
    private static bool TryFind(string list, ref int at, [NotNullWhen(true)] out string? tag)
    {
        var open = at < list.Length ? list.IndexOf('"', at) : -1;
        var close = open < 0 ? -1 : list.IndexOf('"', open + 1);
        tag = null;
        if (close < 0)
        {
            return false;
        }

        var start = open >= at + 2 && list[open - 1] == '/' && list[open - 2] == 'W' ? open - 2 : open;
        tag = list[start..(close + 1)];
        at = close + 1;
        return true;
    }
}
