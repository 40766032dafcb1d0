using System.Globalization;
using System.Text;

namespace TagGateway.Html;

/// <summary>The value of a string of a script, and where in the script each of its characters comes from.</summary>
internal readonly ref struct LiteralText
{
    private readonly int[]? _offsets;

    private LiteralText(ReadOnlySpan<char> value, int[]? offsets)
    {
        Value = value;
        _offsets = offsets;
    }

    public ReadOnlySpan<char> Value { get; }

    /// <summary>The raw offset of a character of the value; of its length: the raw length.</summary>
    public int RawOf(int index) => _offsets?[index] ?? index;

    /// <summary>False for octal and broken escapes.</summary>
    /// <param name="raw">Between the quotes.</param>
    /// <param name="text">Empty when false.</param>
    public static bool TryRead(ReadOnlySpan<char> raw, out LiteralText text)
    {
        text = new LiteralText(raw, null);
        if (!raw.Contains('\\'))
        {
            return true;
        }

        var value = new StringBuilder(raw.Length);
        var offsets = new int[raw.Length + 1];
        for (var i = 0; i < raw.Length;)
        {
            offsets[value.Length] = i;
            if (raw[i] != '\\')
            {
                value.Append(raw[i++]);
            }
            else if (TryUnescape(raw[i..], out var length, out var letter))
            {
                i += length;
                if (letter is { } one)
                {
                    value.Append(one);
                }
            }
            else
            {
                text = default;
                return false;
            }
        }

        offsets[value.Length] = raw.Length;
        text = new LiteralText(value.ToString(), offsets);
        return true;
    }

    /// <summary>ECMA-262 §12.9.4.</summary>
    /// <param name="letter">Null for the end of a line, which continues.</param>
    private static bool TryUnescape(ReadOnlySpan<char> raw, out int length, out char? letter)
    {
        (length, letter) = (2, null);
        if (raw.Length < 2)
        {
            return false;
        }

        switch (raw[1])
        {
            case 'x':
                return TryHex(raw, 2, 2, out length, out letter);
            case 'u' when raw.Length > 2 && raw[2] == '{':
                var end = raw.IndexOf('}');
                var isRead = end > 3 && TryHex(raw, 3, end - 3, out length, out letter);
                length = end + 1;
                return isRead;
            case 'u':
                return TryHex(raw, 2, 4, out length, out letter);
            case '\r' when raw.Length > 2 && raw[2] == '\n':
                length = 3;
                return true;
            case '\r' or '\n':
                return true;
            case >= '1' and <= '9':
                return false;
            default:
                letter = raw[1] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', 'v' => '\v', '0' => '\0', var other => other };
                return true;
        }
    }

    private static bool TryHex(ReadOnlySpan<char> raw, int start, int digits, out int length, out char? letter)
    {
        (length, letter) = (start + digits, null);
        if (raw.Length < length || !ushort.TryParse(raw.Slice(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }

        letter = (char)code;
        return true;
    }
}
