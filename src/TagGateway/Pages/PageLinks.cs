using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using TagGateway.Html;

namespace TagGateway.Pages;

/// <summary>The hints of a page's <c>Link</c> headers (RFC 8288), which browsers follow before they read the page: as those in its markup.</summary>
internal static partial class PageLinks
{
    /// <summary>Hints that connect to the tag's hosts go, those that load a tag lead to the measurement path; all others stay as they are.</summary>
    /// <param name="headers">The visitor's answer's.</param>
    /// <param name="tags">Of the site.</param>
    public static void Fit(IHeaderDictionary headers, TagPlan tags)
    {
        var lines = headers.Link;
        if (lines.Count > 0)
        {
            headers.Link = new StringValues([.. lines.OfType<string>().Select(line => Fit(line, tags)).Where(line => line.Length > 0)]);
        }
    }

    /// <summary>A line that a server would hardly write, with half a quotation, stays as it is.</summary>
    private static string Fit(string line, TagPlan tags)
    {
        var links = Link().Matches(line);
        string?[] changes = [.. links.Select(link => Change(link, tags))];
        return Array.TrueForAll(changes, change => change is null) || line.Count(letter => letter == '"') % 2 != 0 ? line
            : string.Join(", ", links.Zip(changes, (link, change) => change ?? link.Value.TrimEnd()).Where(link => link.Length > 0));
    }

    /// <returns>Null: it stays; empty: it goes.</returns>
    private static string? Change(Match link, TagPlan tags)
    {
        var parameters = link.Groups["parameters"].Value.TrimEnd();
        var own = TagHint.FirstParty(Relations().Match(parameters).Groups["relations"].Value, link.Groups["target"].ValueSpan, tags);
        return string.IsNullOrEmpty(own) ? own : $"<{own}>{parameters}";
    }

    /// <summary>One link, or whatever else stands up to a comma.</summary>
    [GeneratedRegex("""<(?<target>[^>]*)>(?<parameters>("(\\.|[^"\\])*"|[^",])*)|[^\s,][^,]*""", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    /// <summary>Said once it counts; behind another quotation it is not looked for.</summary>
    [GeneratedRegex("""^[^"]*?;\s*rel\s*=\s*("(?<relations>[^"]*)"|(?<relations>[^\s;"]+))""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Relations();
}
