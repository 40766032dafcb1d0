namespace TagGateway.Html;

/// <summary>Passes fast over text and over tags that change nothing, which is nearly all of a page. Where anything is out of the ordinary it stops, and the
/// tokenizer looks.</summary>
internal static class QuietTags
{
    private const ulong WhiteSpace = (1UL << '\t') | (1UL << '\n') | (1UL << '\f') | (1UL << '\r') | (1UL << ' ');
    private const ulong ElementNameEnd = WhiteSpace | (1UL << '/') | (1UL << '>');
    private const ulong AttributeNameEnd = ElementNameEnd | (1UL << '=');

    /// <summary>The first '&lt;' at which something begins that matters, or that is not whole; the end where there is none.</summary>
    /// <param name="bytes">Markup, outside of all tags.</param>
    /// <param name="at">Where to begin.</param>
    public static int Pass(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            // Tags follow each other closely: a search costs more than a look.
            if ((uint)at >= (uint)bytes.Length || bytes[at] != '<')
            {
                var length = bytes[Math.Min(at, bytes.Length)..].IndexOf((byte)'<');
                if (length < 0)
                {
                    return bytes.Length;
                }

                at += length;
            }

            var next = at + 1;
            if ((uint)next < (uint)bytes.Length && bytes[next] == '/')
            {
                next++;
            }

            if (!TryPassName(bytes, ref next) || !TryPassAttributes(bytes, ref next, out _))
            {
                return at;
            }

            at = next;
        }
    }

    private static bool TryPassName(ReadOnlySpan<byte> bytes, ref int at)
    {
        if ((uint)at >= (uint)bytes.Length || !char.IsAsciiLetter((char)bytes[at]))
        {
            return false;
        }

        var start = at;
        while ((uint)at < (uint)bytes.Length && !Is(bytes[at], ElementNameEnd))
        {
            at++;
        }

        return (uint)at < (uint)bytes.Length && HtmlNames.IsQuiet(bytes[start..at]);
    }

    /// <summary>As <see cref="TagScanner"/> does it, for a tag that ends in these bytes; false when it does not.</summary>
    /// <param name="bytes">With the tag.</param>
    /// <param name="at">Outside of its name and of any attribute; moves behind the tag when it is whole.</param>
    /// <param name="isSelfClosing">The last thing in it is a '/'.</param>
    public static bool TryPassAttributes(ReadOnlySpan<byte> bytes, ref int at, out bool isSelfClosing)
    {
        isSelfClosing = false;
        while ((uint)at < (uint)bytes.Length)
        {
            var next = bytes[at];
            if (next == '>')
            {
                at++;
                return true;
            }

            at++;
            isSelfClosing = next == '/';
            if (!Is(next, WhiteSpace | (1UL << '/')) && !TryPassAttribute(bytes, ref at))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Behind its first letter, which may be a '='.</summary>
    private static bool TryPassAttribute(ReadOnlySpan<byte> bytes, ref int at)
    {
        while ((uint)at < (uint)bytes.Length && !Is(bytes[at], AttributeNameEnd))
        {
            at++;
        }

        var equals = PassWhiteSpace(bytes, at);
        if ((uint)equals >= (uint)bytes.Length || bytes[equals] != '=')
        {
            return true;
        }

        at = PassWhiteSpace(bytes, equals + 1);
        if ((uint)at >= (uint)bytes.Length)
        {
            return false;
        }

        var quote = bytes[at];
        if (quote is (byte)'"' or (byte)'\'')
        {
            var length = bytes[(at + 1)..].IndexOf(quote);
            at += length + 2;
            return length >= 0;
        }

        while ((uint)at < (uint)bytes.Length && bytes[at] != '>' && !Is(bytes[at], WhiteSpace))
        {
            at++;
        }

        return true;
    }

    private static int PassWhiteSpace(ReadOnlySpan<byte> bytes, int at)
    {
        while ((uint)at < (uint)bytes.Length && Is(bytes[at], WhiteSpace))
        {
            at++;
        }

        return at;
    }

    private static bool Is(byte value, ulong set) => value < 64 && ((set >> value) & 1) != 0;
}
