using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TagGateway.Demo.Google;

/// <summary>The opaque sub-paths under which tag scripts ask for child scripts and for cookies.</summary>
/// <remarks>Grammar: base64url without padding of <c>XOR(k31 k32 text) k31 k32</c>, where text is <c>?id=…</c>, <c>gtd?id=…</c> or
/// <c>_/set_cookie?…</c> in UTF-8 and XOR runs cyclically over the 32 bytes of blob key 58.</remarks>
internal static class PathToken
{
    public const int KeyLength = 32;
    private const int MarkLength = 2;

    /// <summary>The key of all scripts that the host of <paramref name="tag"/> serves: always the same for the same tag.</summary>
    public static byte[] KeyOf(string tag) => SHA256.HashData(Encoding.UTF8.GetBytes("path key of " + tag.ToUpperInvariant()));

    public static string Encode(ReadOnlySpan<byte> key, string clear)
    {
        var mark = key[^MarkLength..];
        var text = Encoding.UTF8.GetBytes(clear);
        var bytes = new byte[text.Length + (2 * MarkLength)];
        mark.CopyTo(bytes);
        text.CopyTo(bytes, MarkLength);
        Mask(key, bytes.AsSpan(0, bytes.Length - MarkLength));
        mark.CopyTo(bytes.AsSpan(bytes.Length - MarkLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False for anything that was not made with <paramref name="key"/>; never throws.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> key, ReadOnlySpan<char> token, [NotNullWhen(true)] out string? clear)
    {
        clear = null;
        if (!Base64Url.IsValid(token, out var length) || length <= 2 * MarkLength)
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        var mark = key[^MarkLength..];
        var masked = bytes.AsSpan(0, bytes.Length - MarkLength);
        if (!bytes.AsSpan(bytes.Length - MarkLength).SequenceEqual(mark))
        {
            return false;
        }

        Mask(key, masked);
        if (!masked[..MarkLength].SequenceEqual(mark))
        {
            return false;
        }

        clear = Encoding.UTF8.GetString(masked[MarkLength..]);
        return true;
    }

    private static void Mask(ReadOnlySpan<byte> key, Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= key[i % KeyLength];
        }
    }
}
