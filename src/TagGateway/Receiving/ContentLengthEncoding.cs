using System.Text;

namespace TagGateway.Receiving;

/// <summary>Lets Kestrel read a Content-Length of digits alone (RFC 9110 §8.6): by itself it takes <c>+5</c> and <c>-0</c> for numbers as well.
/// Whatever else stands there is decoded to a text that is no number, which Kestrel answers with 400.</summary>
internal sealed class ContentLengthEncoding : Encoding
{
    public static readonly ContentLengthEncoding Instance = new();

    /// <summary>Digits of the largest 64-bit number. Kestrel's own buffer has room for one more, and a longer text would overflow it.</summary>
    private const int MaxDigits = 19;

    private const char NoNumber = 'x';

    private ContentLengthEncoding()
    {
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => MaxDigits;

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetCharCount(byte[] bytes, int index, int count) => GetCharCount(bytes.AsSpan(index, count));

    public override int GetCharCount(ReadOnlySpan<byte> bytes) => IsNumber(bytes) ? bytes.Length : 1;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (IsNumber(bytes))
        {
            return ASCII.GetChars(bytes, chars);
        }

        chars[0] = NoNumber;
        return 1;
    }

    private static bool IsNumber(ReadOnlySpan<byte> bytes) =>
        bytes.Length is > 0 and <= MaxDigits && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
