using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace TagGateway.Rewriting;

/// <summary>The opaque last segment that Google's tag asks its further scripts by. Grammar, before base64url without padding:
/// (k31 k32 text) XOR key, cyclically, then k31 k32 in clear; the text is <c>?id=…</c>, <c>gtd?id=…</c> or <c>_/set_cookie?…</c>
/// (Google's contract §9.3; key: blob 58).</summary>
internal static class PathToken
{
    private const int CheckLength = 2;

    /// <summary>The hidden text; false when the token was not made with this key or holds no UTF-8.</summary>
    /// <param name="token">One path segment.</param>
    /// <param name="key">32 bytes.</param>
    /// <param name="text">The path and query below the measurement path, without leading '/'.</param>
    public static bool TryDecode(ReadOnlySpan<char> token, ReadOnlySpan<byte> key, out string text)
    {
        text = "";
        if (!Base64Url.IsValid(token, out var length) || length <= 2 * CheckLength)
        {
            return false;
        }

        var bytes = new byte[length];
        Base64Url.DecodeFromChars(token, bytes);
        var check = key[^CheckLength..];
        if (!bytes.AsSpan(length - CheckLength).SequenceEqual(check))
        {
            return false;
        }

        var hidden = bytes.AsSpan(0, length - CheckLength);
        for (var i = 0; i < hidden.Length; i++)
        {
            hidden[i] ^= key[i % key.Length];
        }

        var clear = hidden[CheckLength..];
        if (!hidden[..CheckLength].SequenceEqual(check) || !Utf8.IsValid(clear))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(clear);
        return true;
    }
}
