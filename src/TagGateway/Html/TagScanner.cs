using System.Buffers;

namespace TagGateway.Html;

/// <summary>Finds the end of a tag from behind its name: attributes, whatever their quotes (WHATWG HTML §13.2.5.32 to 40). Goes on at any byte.</summary>
internal struct TagScanner
{
    /// <summary>The browser's white space in a tag.</summary>
    public static readonly SearchValues<byte> WhiteSpace = SearchValues.Create("\t\n\f\r "u8);

    /// <summary>What ends an attribute's name, an unquoted value and an element's name.</summary>
    public static readonly SearchValues<byte> NameEnd = SearchValues.Create("\t\n\f\r />="u8);
    public static readonly SearchValues<byte> ValueEnd = SearchValues.Create("\t\n\f\r >"u8);
    public static readonly SearchValues<byte> ElementNameEnd = SearchValues.Create("\t\n\f\r />"u8);
    private Place _place;

    private enum Place : byte
    {
        ElementName,
        BeforeName,
        Name,
        AfterName,
        BeforeValue,
        Unquoted,
        DoubleQuoted,
        SingleQuoted,
        Slash,
    }

    /// <summary>The last thing in the tag that ended was a '/'.</summary>
    public bool IsSelfClosing { get; private set; }

    /// <param name="isNamed">The tag's name is read whole; else some of it.</param>
    public void Begin(bool isNamed)
    {
        _place = isNamed ? Place.BeforeName : Place.ElementName;
        IsSelfClosing = false;
    }

    /// <summary>True when the tag ends in these bytes.</summary>
    /// <param name="bytes">The next ones.</param>
    /// <param name="position">Moves behind what was read: behind the '&gt;', or to the end.</param>
    public bool TryEnd(ReadOnlySpan<byte> bytes, ref int position)
    {
        var at = position;
        if (_place == Place.BeforeName && QuietTags.TryPassAttributes(bytes, ref at, out var isSelfClosing))
        {
            (position, IsSelfClosing) = (at, isSelfClosing);
            return true;
        }

        at = position;
        while (at < bytes.Length)
        {
            switch (_place)
            {
                case Place.DoubleQuoted or Place.SingleQuoted:
                    at = Skip(bytes, at, bytes[at..].IndexOf(_place == Place.DoubleQuoted ? (byte)'"' : (byte)'\''), Place.BeforeName);
                    break;
                case Place.ElementName:
                    at = Find(bytes, at, ElementNameEnd, Place.BeforeName);
                    break;
                case Place.Name:
                    at = Find(bytes, at, NameEnd, Place.AfterName);
                    break;
                case Place.Unquoted:
                    at = Find(bytes, at, ValueEnd, Place.BeforeName);
                    break;
                default:
                    var next = bytes[at++];
                    if (next == '>') // outside of any value: wherever it stands
                    {
                        (position, IsSelfClosing) = (at, _place == Place.Slash);
                        return true;
                    }

                    Step(next);
                    break;
            }
        }

        position = at;
        return false;
    }

    private void Step(byte next)
    {
        _place = next switch
        {
            _ when WhiteSpace.Contains(next) => _place == Place.Slash ? Place.BeforeName : _place,
            (byte)'"' when _place == Place.BeforeValue => Place.DoubleQuoted,
            (byte)'\'' when _place == Place.BeforeValue => Place.SingleQuoted,
            _ when _place == Place.BeforeValue => Place.Unquoted,
            (byte)'/' => Place.Slash,
            (byte)'=' when _place == Place.AfterName => Place.BeforeValue,
            _ => Place.Name,
        };
    }

    private int Find(ReadOnlySpan<byte> bytes, int at, SearchValues<byte> ends, Place then)
    {
        var length = bytes[at..].IndexOfAny(ends);
        if (length < 0)
        {
            return bytes.Length;
        }

        _place = then;
        return at + length;
    }

    private int Skip(ReadOnlySpan<byte> bytes, int at, int length, Place then)
    {
        if (length < 0)
        {
            return bytes.Length;
        }

        _place = then;
        return at + length + 1;
    }
}
