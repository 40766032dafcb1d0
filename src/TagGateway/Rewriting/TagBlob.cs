using System.Text;
using System.Text.Json;

namespace TagGateway.Rewriting;

/// <summary>What a Google tag script says of itself: the JSON object <c>"blob":{"1":"1","5":"G-ABC123",…}</c> in its source
/// (read in real copies of 2025–2026; older ones have none).</summary>
/// <param name="Id">Key 5, else 34: the script's own tag id; null when it names none.</param>
/// <param name="Aliases">Key 10: other names of the same tag, <c>G-ABC123|GT-DEF456</c>; empty when there are none.</param>
/// <param name="PathKey">Key 58: the 32 bytes that opaque paths are made with; null outside Google's tag gateway.</param>
internal sealed record TagBlob(string? Id, IReadOnlyList<string> Aliases, byte[]? PathKey)
{
    private const int PathKeyLength = 32;

    /// <summary>Every blob in the script. A second one may be a customer's own data that only looks like one: nobody can tell,
    /// so all count. Empty for a script without; never throws.</summary>
    public static IReadOnlyList<TagBlob> ReadAll(ReadOnlySpan<byte> script)
    {
        var marker = "\"blob\""u8;
        List<TagBlob>? blobs = null;
        for (var at = script.IndexOf(marker); at >= 0;)
        {
            var rest = script[(at + marker.Length)..];
            var value = AfterColon(rest);
            if (value.Length > 0 && value[0] == (byte)'{' && TryRead(value, out var blob))
            {
                (blobs ??= []).Add(blob);
            }

            var next = rest.IndexOf(marker);
            at = next < 0 ? -1 : at + marker.Length + next;
        }

        return blobs ?? (IReadOnlyList<TagBlob>)[];
    }

    private static ReadOnlySpan<byte> AfterColon(ReadOnlySpan<byte> text)
    {
        var trimmed = text.TrimStart(" \t\r\n"u8);
        return trimmed.Length > 0 && trimmed[0] == (byte)':' ? trimmed[1..].TrimStart(" \t\r\n"u8) : [];
    }

    /// <summary>What stands before a mistake counts: half a blob still names its tag.</summary>
    private static bool TryRead(ReadOnlySpan<byte> json, out TagBlob blob)
    {
        string? own = null;
        string? other = null;
        string? aliases = null;
        byte[]? key = null;
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                if (!reader.Read())
                {
                    break;
                }

                var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                switch (name)
                {
                    case "5": own = text; break;
                    case "34": other = text; break;
                    case "10": aliases = text; break;
                    case "58": key = DecodeKey(text); break;
                    default: break;
                }

                if (text is null && !reader.TrySkip())
                {
                    break;
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON from here on, or not UTF-8.
        }

        blob = new TagBlob(own ?? other, aliases?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? [], key);
        return blob.Id is not null || blob.Aliases.Count > 0 || key is not null;
    }

    private static byte[]? DecodeKey(string? base64)
    {
        var key = new byte[PathKeyLength];
        return base64 is not null && Convert.TryFromBase64String(base64, key, out var written) && written == PathKeyLength ? key : null;
    }

    public override string ToString() => new StringBuilder(Id).AppendJoin('|', Aliases).ToString();
}
