using System.Buffers;

namespace TagGateway.Html;

/// <summary>Finds the end tag of an element whose content is text, of a script with the escapes that <c>&lt;!--</c> and <c>&lt;script</c> begin in it (WHATWG HTML
/// §13.2.5.2 to 31). Goes on at any byte.</summary>
internal struct ContentScanner
{
    private static readonly SearchValues<byte> Brackets = SearchValues.Create("<>"u8);
    private HtmlName _name;
    private Escape _escape;

    private enum Escape : byte
    {
        None,
        Once,
        Twice,
    }

    /// <summary>So many of the bytes read have to be shown again: the dashes of a "--&gt;" that is cut.</summary>
    public readonly int Lookback => _escape == Escape.None ? 0 : 2;

    /// <summary>Behind the start tag of this element.</summary>
    public void Begin(HtmlName name) => (_name, _escape) = (name, Escape.None);

    /// <summary>True at the '&lt;' of the end tag; false when all that can be decided is read.</summary>
    /// <param name="bytes">With <see cref="Lookback"/> before <paramref name="position"/>.</param>
    /// <param name="isLast">The page ends with them.</param>
    /// <param name="position">Moves on.</param>
    public bool TryFindEnd(ReadOnlySpan<byte> bytes, bool isLast, ref int position)
    {
        while (position < bytes.Length)
        {
            var rest = bytes[position..];
            var length = _escape == Escape.None ? rest.IndexOf((byte)'<') : rest.IndexOfAny(Brackets);
            position = length < 0 ? bytes.Length : position + length;
            if (length < 0)
            {
                return false;
            }

            if (bytes[position] == '>')
            {
                // "-->", and the dashes of "<!--" count.
                _escape = position >= 2 && bytes[(position - 2)..position].SequenceEqual("--"u8) ? Escape.None : _escape;
                position++;
                continue;
            }

            var end = TagMatch.EndOf(bytes[position..], HtmlNames.TextOf(_name), isLast);
            if (end == true && _escape != Escape.Twice)
            {
                return true;
            }

            if (end is null || !TryTurn(bytes[position..], end == true, isLast, ref position))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Passes over a '&lt;' that ends nothing; false when more bytes have to decide.</summary>
    private bool TryTurn(ReadOnlySpan<byte> rest, bool isEnd, bool isLast, ref int position)
    {
        var begins = _name != HtmlName.Script ? false
            : _escape == Escape.None ? TagMatch.IsComment(rest, isLast)
            : TagMatch.StartOf(rest, "script"u8, isLast);
        if (begins is not { } isBegun)
        {
            return false;
        }

        position += isBegun && _escape == Escape.None ? "<!--".Length : 1;
        _escape = (_escape, isBegun, isEnd) switch
        {
            (Escape.None, true, _) => Escape.Once,
            (Escape.Once, true, _) => Escape.Twice,
            (Escape.Twice, _, true) => Escape.Once,
            _ => _escape,
        };
        return true;
    }
}
