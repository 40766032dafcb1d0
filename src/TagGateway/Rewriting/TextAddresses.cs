using System.Buffers;
using TagGateway.Routes;

namespace TagGateway.Rewriting;

/// <summary>Moves whole addresses of Google's hosts in text that is no script, in the pages of frames and in the instructions of an answer:
/// <c>https://www.google.com/pagead/…</c>, also with <c>\/</c> as JSON writes it.</summary>
internal static class TextAddresses
{
    /// <summary>The root-relative folders that the service worker's page registers from (its copies of 2024 to 2026).</summary>
    private static readonly string[] WorkerFolders = ["/static/service_worker", "/gtm/static/"];

    /// <summary>What parts an address from the one before it; those of CSS and of lists too.</summary>
    private static readonly SearchValues<char> Delimiters = SearchValues.Create("\"'<> `(\t\r\n");

    /// <summary>Visible ASCII without the backslash.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Where(letter => letter != '\\')));

    private static readonly SearchValues<char> Ends = SearchValues.Create("\"'<> `?#");

    /// <summary>The edits, in order; empty when there is nothing to move.</summary>
    public static List<ScriptEdit> Find(ReadOnlySpan<char> text)
    {
        var edits = new List<ScriptEdit>();
        for (var from = 0; GoogleHosts.TryFind(text, from, out var start, out var end); from = end)
        {
            var scheme = SchemeOf(text, start);
            if (scheme < start && !IsWithinAnother(text[..scheme]) && RouteReach.MayLead(text[start..end], PathAt(text[end..])))
            {
                var isRelative = text[scheme] is '/' or '\\';
                edits.Add(new ScriptEdit(scheme, start, (isRelative ? text[scheme..start].ToString() + ScriptTemplate.Host : ScriptTemplate.Origin) + ScriptTemplate.Path + "/-/"));
            }
        }

        return edits;
    }

    /// <summary>The same of a page that Google's scripts open in a frame; of the service worker's the script's own folder too.</summary>
    public static List<ScriptEdit> FindInPage(string text)
    {
        var edits = Find(text);
        foreach (var folder in WorkerFolders)
        {
            for (var at = text.IndexOf(folder, StringComparison.Ordinal); at > 0; at = text.IndexOf(folder, at + 1, StringComparison.Ordinal))
            {
                if (text[at - 1] is '"' or '\'' or '`')
                {
                    edits.Add(new ScriptEdit(at, at, ScriptTemplate.Path + "/-/www.googletagmanager.com"));
                }
            }
        }

        return edits;
    }

    /// <summary>Where <c>https://</c>, <c>http:\/\/</c> or <c>//</c> before a host begins; the host's own start: there is none.</summary>
    public static int SchemeOf(ReadOnlySpan<char> text, int host)
    {
        var slashes = text[..host].EndsWith("\\/\\/", StringComparison.Ordinal) ? 4 : text[..host].EndsWith("//", StringComparison.Ordinal) ? 2 : 0;
        var before = text[..(host - slashes)];
        return slashes == 0 ? host
            : before.EndsWith("https:", StringComparison.Ordinal) ? before.Length - "https:".Length
            : before.EndsWith("http:", StringComparison.Ordinal) ? before.Length - "http:".Length
            : before.Length;
    }

    /// <summary>In the query of an address, or behind its path, it is what that address says: of a page, of a customer's. Not to be changed.</summary>
    private static bool IsWithinAnother(ReadOnlySpan<char> before)
    {
        var start = before.LastIndexOfAny(Delimiters) + 1;
        return before[start..].ContainsAny('?', '#') || before[start..].IndexOf("//") >= 0 || before[start..].IndexOf("\\/\\/") >= 0;
    }

    /// <summary>As far as an address goes in a page or in JSON, without its escapes; as far as it can be read where a character is escaped
    /// (<c>\u003d</c>, <c>\x3d</c>) that browsers write otherwise.</summary>
    private static ReadOnlySpan<char> PathAt(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(Ends);
        var path = end < 0 ? rest : rest[..end];
        var isWhole = end >= 0 && rest[end] is '?' or '#';
        var plain = path.ToString().Replace("\\/", "/", StringComparison.Ordinal);
        var odd = plain.AsSpan().IndexOfAnyExcept(Plain);
        return odd >= 0 ? plain.AsSpan(0, odd) : isWhole ? plain + "?" : plain;
    }
}
