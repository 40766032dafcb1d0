using System.Text;

namespace TagGateway.Tests.Rewriting;

/// <summary>Makes the opaque segments as the tag's script does, from their grammar: base64url without padding of
/// <c>((k31 k32 text) XOR key) k31 k32</c>.</summary>
internal static class OpaquePath
{
    public static readonly byte[] Key = KeyNumber(1);

    public static string Encode(string text, byte[]? key = null) => Encode(Encoding.UTF8.GetBytes(text), key);

    public static string Encode(byte[] text, byte[]? key = null)
    {
        key ??= Key;
        byte[] clear = [key[30], key[31], .. text];
        byte[] token = [.. clear.Select((b, i) => (byte)(b ^ key[i % 32])), key[30], key[31]];
        return Convert.ToBase64String(token).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>One of up to 100 keys, which differ in all their bytes.</summary>
    public static byte[] KeyNumber(int number) => [.. Enumerable.Range(0, 30).Select(i => (byte)((i * 37) + number)), (byte)(number + 1), (byte)number];
}
