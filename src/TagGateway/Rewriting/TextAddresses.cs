using System.Buffers;
using TagGateway.Routes;

namespace TagGateway.Rewriting;

/// <summary>Moves whole addresses of Google's hosts in text that is no script, in the pages of frames and in the instructions of an answer:
/// <c>https://www.google.com/pagead/…</c>, also with <c>\/</c> as JSON writes it.</summary>
internal static class TextAddresses
{
    /// <summary>The root-relative folders that the service worker's page registers from (its copies of 2024 to 2026).</summary>
    private static readonly string[] WorkerFolders = ["/static/service_worker", "/gtm/static/"];

    private static readonly SearchValues<char> Ends = SearchValues.Create("\"'<> `?#");

    /// <summary>The edits, in order; empty when there is nothing to move.</summary>
    public static List<ScriptEdit> Find(ReadOnlySpan<char> text)
    {
        var edits = new List<ScriptEdit>();
        for (var from = 0; GoogleHosts.TryFind(text, from, out var start, out var end); from = end)
        {
            var scheme = SchemeOf(text, start);
            if (scheme < start && RouteReach.MayLead(text[start..end], PathAt(text[end..])))
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

    /// <summary>As far as an address goes in a page or in JSON, without its escapes.</summary>
    private static ReadOnlySpan<char> PathAt(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(Ends);
        var path = end < 0 ? rest : rest[..end];
        var isWhole = end >= 0 && rest[end] is '?' or '#';
        var plain = path.ToString().Replace("\\/", "/", StringComparison.Ordinal);
        return isWhole ? plain + "?" : plain;
    }
}
