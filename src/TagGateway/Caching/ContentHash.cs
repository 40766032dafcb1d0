using System.Buffers.Text;
using System.Security.Cryptography;

namespace TagGateway.Caching;

/// <summary>The digest by which bytes are taken for the same: the first 128 bits of SHA-256 in base64url, 22 characters. Who makes a script may also make another
/// of the same digest when the hash is no cryptographic one, and one of the two would be served for the other.</summary>
internal static class ContentHash
{
    private const int Bytes = 16;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return Base64Url.EncodeToString(digest[..Bytes]);
    }
}
