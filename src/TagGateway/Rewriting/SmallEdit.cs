using System.Buffers;
using System.Text;

namespace TagGateway.Rewriting;

/// <summary>The change that has held for every release since 2023, whatever its code looks like: one command in front of the script sends GA4 hits to the site
/// (<c>transport_url</c>), and the host of further scripts, wherever it stands as a value, gets the site's part. Ads requests still go to Google.</summary>
internal static class SmallEdit
{
    private const string DefaultLayer = "dataLayer";
    private const string ScriptHost = "www.googletagmanager.com";

    /// <summary>False when this is no tag's script; then nothing is written.</summary>
    /// <param name="script">UTF-8.</param>
    /// <param name="text">The same, decoded.</param>
    /// <param name="tokens">The same, read; null where it could not be.</param>
    /// <param name="layer">The data layer that the tag reads; null: the usual one.</param>
    /// <param name="regions">The edits of <see cref="RegionRules"/>; empty: none.</param>
    /// <param name="target">Gets the template.</param>
    public static bool TryWrite(
        ReadOnlySpan<byte> script, string text, ScriptTokens? tokens, string? layer, IReadOnlyList<ScriptEdit> regions, IBufferWriter<byte> target)
    {
        if (text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith('<') || !text.Contains("google_tag_manager", StringComparison.Ordinal))
        {
            return false;
        }

        var start = StartOf(text);
        List<ScriptEdit> edits = [new ScriptEdit(start, start, Command(layer ?? DefaultLayer, IsStrict(text, start))), .. regions];
        if (tokens is null)
        {
            MoveInText(text, edits);
        }
        else
        {
            MoveTokens(tokens, edits);
        }

        return TemplateWriter.TryWrite(script, text, edits, target);
    }

    /// <summary>Behind a byte order mark and a first line <c>#!…</c>, which have to be first.</summary>
    private static int StartOf(string text)
    {
        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        var line = text.AsSpan(start);
        return !line.StartsWith("#!", StringComparison.Ordinal) ? start
            : line.IndexOfAny('\r', '\n') is >= 0 and var end ? start + end
            : text.Length;
    }

    /// <summary>Whether the script begins with <c>"use strict"</c>: the command in front of it takes it from there, so it says it too.</summary>
    private static bool IsStrict(string text, int start)
    {
        var rest = text.AsSpan(start).TrimStart();
        while (rest.StartsWith("//", StringComparison.Ordinal) || rest.StartsWith("/*", StringComparison.Ordinal))
        {
            var end = rest[1] == '/' ? rest.IndexOfAny('\r', '\n') : rest[2..].IndexOf("*/", StringComparison.Ordinal);
            rest = end < 0 ? [] : rest[(rest[1] == '/' ? end : end + 4)..].TrimStart();
        }

        return rest.Length > 1 && rest[1..].StartsWith("use strict", StringComparison.Ordinal) && rest[0] is '"' or '\'';
    }

    /// <summary>Before all other commands of the page, as <c>gtag('set', …)</c> would put it. A line of its own: <c>--&gt;</c> is a comment where a line begins.</summary>
    private static string Command(string layer, bool isStrict)
    {
        var name = new StringBuilder();
        foreach (var c in layer)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.' or '-' ? c.ToString() : $"\\u{(int)c:x4}");
        }

        return $"{(isStrict ? "'use strict';" : "\n")}(function(){{var d=window['{name}']=window['{name}']||[];d.unshift((function(){{return arguments}})('set',"
            + $"{{transport_url:'{ScriptTemplate.Origin}{ScriptTemplate.Path}'}}))}})();\n";
    }

    private static void MoveTokens(ScriptTokens tokens, List<ScriptEdit> edits)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens.IsString(i, ScriptHost) && !LiteralPlace.IsCompared(tokens, i, i) && !LiteralPlace.IsTestArgument(tokens, i) && !LiteralPlace.IsKey(tokens, i))
            {
                Move(tokens[i].Start + 1, edits);
            }
        }
    }

    /// <summary>Where it is joined, assigned, returned or handed on, by the characters around it.</summary>
    private static void MoveInText(string text, List<ScriptEdit> edits)
    {
        for (var at = text.IndexOf(ScriptHost, StringComparison.Ordinal); at >= 0; at = text.IndexOf(ScriptHost, at + 1, StringComparison.Ordinal))
        {
            var end = at + ScriptHost.Length;
            if (at > 0 && end < text.Length && text[at - 1] is '"' or '\'' && text[end] == text[at - 1] && IsValue(text, at - 1, end + 1))
            {
                Move(at, edits);
            }
        }
    }

    private static bool IsValue(string text, int start, int end)
    {
        var before = text.AsSpan(Math.Max(0, start - 16), Math.Min(16, start)).TrimEnd();
        var after = text.AsSpan(end, Math.Min(16, text.Length - end)).TrimStart();
        var isTaken = before.EndsWith("return", StringComparison.Ordinal) || (before is [.., '=' or '(' or ',' or ':' or '?' or '|' or '+']
            && !before.EndsWith("==", StringComparison.Ordinal) && !before.EndsWith("!=", StringComparison.Ordinal));
        var isKey = after is [':', ..] && before is [.., ','];
        return isTaken && !isKey && !after.StartsWith("==", StringComparison.Ordinal) && !after.StartsWith("!=", StringComparison.Ordinal);
    }

    private static void Move(int at, List<ScriptEdit> edits) => edits.Add(new ScriptEdit(at, at, $"{ScriptTemplate.Host}{ScriptTemplate.Path}/-/"));
}
