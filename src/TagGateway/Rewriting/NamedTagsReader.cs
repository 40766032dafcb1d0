using System.Buffers;
using System.Text;

namespace TagGateway.Rewriting;

/// <summary>Finds the tags that a container loads. In its data they are the values of <c>vtp_…</c> properties: <c>"vtp_tagId":"G-ABC123"</c>,
/// <c>"vtp_instanceDestinationId":"AW-123"</c>, <c>"vtp_conversionId":"123"</c> (<c>AW-</c>) and <c>"vtp_advertiserId":"123"</c> (<c>DC-</c>) without the prefix, and in its tables rows <c>["map","key","www.shop.example","value","G-ABC123"]</c>,
/// <c>["map","publicId","GTM-ABC123",…</c> (read in real copies of 2023–2026).</summary>
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
        List<string>? tags = null;
        Read(script, "\"vtp_"u8, isTable: false, ref tags);
        Read(script, "\"value\",\""u8, isTable: true, ref tags);
        Read(script, "\"publicId\",\""u8, isTable: true, ref tags);
        return tags ?? (IReadOnlyList<string>)[];
    }

    private static void Read(ReadOnlySpan<byte> script, ReadOnlySpan<byte> marker, bool isTable, ref List<string>? tags)
    {
        for (var rest = script; tags is not { Count: >= MaxTags } && rest.IndexOf(marker) is >= 0 and var at;)
        {
            rest = rest[(at + marker.Length)..];
            if ((isTable ? TryReadId(rest, "", out var tag) : TryReadTag(rest, out tag)) && tags?.Contains(tag) != true)
            {
                (tags ??= []).Add(tag);
            }
        }
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

        var prefix = text[..end].SequenceEqual("conversionId"u8) ? "AW-" : text[..end].SequenceEqual("advertiserId"u8) ? "DC-" : "";
        return TryReadId(text[(end + 3)..], prefix, out tag);
    }

    /// <param name="value">What follows the opening quote.</param>
    /// <param name="prefix">Of an id that is digits alone; empty: such a one is none.</param>
    /// <param name="tag">The tag.</param>
    private static bool TryReadId(ReadOnlySpan<byte> value, string prefix, out string tag)
    {
        tag = "";
        value = value[..Math.Min(value.Length, MaxValueLength + 1)];
        var close = value.IndexOfAnyExcept(ValueBytes);
        if (close <= 0 || value[close] != (byte)'"')
        {
            return false;
        }

        var id = Encoding.ASCII.GetString(value[..close]);
        tag = prefix.Length > 0 && id.All(char.IsAsciiDigit) ? prefix + id : id;
        var dash = tag.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && dash < tag.Length - 1 && Prefixes.Contains(tag[..dash]);
    }
}
