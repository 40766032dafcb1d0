using System.Buffers;
using System.Text;

namespace TagGateway.Rewriting;

/// <summary>The change that has held for every release since 2023, whatever its code looks like: one command in front of the script sends GA4 hits to the site
/// (<c>transport_url</c>), and the host of further scripts, wherever it stands as a value, gets the site's part. Ads requests still go to Google.</summary>
internal static class SmallEdit
{
    private const string DefaultLayer = "dataLayer";
    private static readonly string[] Quoted = ["\"www.googletagmanager.com\"", "'www.googletagmanager.com'"];

    /// <summary>False when this is no tag's script; then nothing is written.</summary>
    /// <param name="script">UTF-8.</param>
    /// <param name="text">The same, decoded.</param>
    /// <param name="layer">The data layer that the tag reads; null: the usual one.</param>
    /// <param name="regions">The edits of <see cref="RegionRules"/>; empty: none.</param>
    /// <param name="target">Gets the template.</param>
    public static bool TryWrite(ReadOnlySpan<byte> script, string text, string? layer, IReadOnlyList<ScriptEdit> regions, IBufferWriter<byte> target)
    {
        if (text.AsSpan().TrimStart().StartsWith('<') || !text.Contains("google_tag_manager", StringComparison.Ordinal))
        {
            return false;
        }

        List<ScriptEdit> edits = [new ScriptEdit(0, 0, Command(layer ?? DefaultLayer)), .. regions];
        foreach (var quoted in Quoted)
        {
            for (var at = text.IndexOf(quoted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(quoted, at + 1, StringComparison.Ordinal))
            {
                if (IsValue(text, at, at + quoted.Length))
                {
                    edits.Add(new ScriptEdit(at + 1, at + 1, $"{ScriptTemplate.Host}{ScriptTemplate.Path}/-/"));
                }
            }
        }

        return TemplateWriter.TryWrite(script, text, edits, target);
    }

    /// <summary>Before all other commands of the page, as <c>gtag('set', …)</c> would put it.</summary>
    private static string Command(string layer)
    {
        var name = new StringBuilder();
        foreach (var c in layer)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.' or '-' ? c.ToString() : $"\\u{(int)c:x4}");
        }

        return $"(function(){{var d=window['{name}']=window['{name}']||[];d.unshift((function(){{return arguments}})('set',"
            + $"{{transport_url:'{ScriptTemplate.Origin}{ScriptTemplate.Path}'}}))}})();";
    }

    /// <summary>Neither compared nor a key.</summary>
    private static bool IsValue(string text, int start, int end)
    {
        var before = text.AsSpan(0, start).TrimEnd();
        var after = text.AsSpan(end).TrimStart();
        return !before.EndsWith("==", StringComparison.Ordinal) && !before.EndsWith("!=", StringComparison.Ordinal) && !before.EndsWith("case", StringComparison.Ordinal)
            && !after.StartsWith("==", StringComparison.Ordinal) && !after.StartsWith("!=", StringComparison.Ordinal) && !after.StartsWith(':');
    }
}
