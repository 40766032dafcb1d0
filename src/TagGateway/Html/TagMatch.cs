using System.Text;

namespace TagGateway.Html;

/// <summary>Compares what stands at a '&lt;'. Null: more bytes have to decide.</summary>
internal static class TagMatch
{
    /// <summary><c>&lt;/name</c> and what ends a name.</summary>
    public static bool? EndOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, bool isLast) =>
        bytes.Length < 2 ? Undecided(isLast) : bytes[1] == '/' ? IsName(bytes[2..], name, isLast) : false;

    /// <summary><c>&lt;name</c> and what ends a name.</summary>
    public static bool? StartOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, bool isLast) => IsName(bytes[1..], name, isLast);

    /// <summary><c>&lt;!--</c>.</summary>
    public static bool? IsComment(ReadOnlySpan<byte> bytes, bool isLast) =>
        bytes.StartsWith("<!--"u8) ? true : MayBecome(bytes, "<!--"u8) ? Undecided(isLast) : false;

    /// <summary>All of it is the beginning of this word, and the rest is still to come.</summary>
    public static bool MayBecome(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> word) =>
        bytes.Length < word.Length && Ascii.EqualsIgnoreCase(bytes, word[..bytes.Length]);

    private static bool? IsName(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, bool isLast)
    {
        if (bytes.Length <= name.Length)
        {
            return Ascii.EqualsIgnoreCase(bytes, name[..bytes.Length]) ? Undecided(isLast) : false;
        }

        return Ascii.EqualsIgnoreCase(bytes[..name.Length], name)
            && TagScanner.ElementNameEnd.Contains(bytes[name.Length]);
    }

    private static bool? Undecided(bool isLast) => isLast ? false : null;
}
