using System.Text;

namespace TagGateway.Html;

/// <summary>Tells what a '&lt;' begins.</summary>
internal static class Openings
{
    /// <param name="rest">What stands behind it.</param>
    /// <param name="isLast">The page ends with these bytes.</param>
    /// <param name="takesCdata">The current element is no HTML.</param>
    public static Opening Find(ReadOnlySpan<byte> rest, bool isLast, bool takesCdata) => rest switch
    {
        [] or [(byte)'/'] => isLast ? Opening.Text : Opening.Undecided,
        [(byte)'!', .. var declaration] => FindDeclaration(declaration, isLast, takesCdata),
        [(byte)'?', ..] => Opening.Bogus,
        [(byte)'/', (byte)'>', ..] => Opening.EmptyEndTag,
        [(byte)'/', var letter, ..] => char.IsAsciiLetter((char)letter) ? Opening.EndTag : Opening.Bogus,
        [var letter, ..] => char.IsAsciiLetter((char)letter) ? Opening.StartTag : Opening.Text,
    };

    private static Opening FindDeclaration(ReadOnlySpan<byte> rest, bool isLast, bool takesCdata) =>
        rest.StartsWith("--"u8) ? Opening.Comment
        : rest.Length >= 7 && Ascii.EqualsIgnoreCase(rest[..7], "doctype"u8) ? Opening.Doctype
        : takesCdata && rest.StartsWith("[CDATA["u8) ? Opening.Cdata // its case counts
        : !isLast && (TagMatch.MayBecome(rest, "--"u8) || TagMatch.MayBecome(rest, "doctype"u8) || TagMatch.MayBecome(rest, "[CDATA["u8)) ? Opening.Undecided
        : Opening.Bogus;
}
