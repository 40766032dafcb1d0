using System.Buffers;
using System.Text;

namespace TagGateway.Rewriting;

/// <summary>Finds the tags that a container loads. In its data they are the values of <c>vtp_…</c> properties: <c>"vtp_tagId":"G-ABC123"</c>,
/// <c>"vtp_instanceDestinationId":"AW-123"</c>, <c>"vtp_conversionId":"123"</c> without the prefix (read in real copies of 2024–2026).</summary>
internal static class NamedTagsReader
{
    /// <summary>More than any container has; the rest is not looked at.</summary>
    private const int MaxTags = 256;
    private const int MaxNameLength = 48;
    private const int MaxValueLength = 32;

    /// <summary>The letters before the dash of what Google's scripts load.</summary>
    private static readonly HashSet<string> Prefixes = ["G", "GT", "GTM", "AW", "DC", "MC", "UA", "HA"];
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);
    private static readonly SearchValues<byte> ValueBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"u8);

    /// <summary>In their order, each once, in upper case.</summary>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> script)
    {
        var marker = "\"vtp_"u8;
        List<string>? tags = null;
        for (var rest = script; rest.IndexOf(marker) is >= 0 and var at;)
        {
            rest = rest[(at + marker.Length)..];
            if (TryReadTag(rest, out var tag) && tags?.Contains(tag) != true)
            {
                (tags ??= []).Add(tag);
                if (tags.Count == MaxTags)
                {
                    break;
                }
            }
        }

        return tags ?? (IReadOnlyList<string>)[];
    }

    /// <param name="text">What follows <c>"vtp_</c>.</param>
    /// <param name="tag">The tag.</param>
    private static bool TryReadTag(ReadOnlySpan<byte> text, out string tag)
    {
        tag = "";
        var name = text[..Math.Min(text.Length, MaxNameLength)];
        var end = name.IndexOfAnyExcept(NameBytes);
        if (end < 0 || !text[end..].StartsWith("\":\""u8))
        {
            return false;
        }

        var value = text[(end + 3)..];
        value = value[..Math.Min(value.Length, MaxValueLength + 1)];
        var close = value.IndexOfAnyExcept(ValueBytes);
        if (close <= 0 || value[close] != (byte)'"')
        {
            return false;
        }

        var id = Encoding.ASCII.GetString(value[..close]);
        tag = text[..end].SequenceEqual("conversionId"u8) && id.All(char.IsAsciiDigit) ? "AW-" + id : id;
        var dash = tag.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && dash < tag.Length - 1 && Prefixes.Contains(tag[..dash]);
    }
}
