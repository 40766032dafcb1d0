using System.Buffers;
using System.Text;
using TagGateway.Attacks.Connecting;

namespace TagGateway.Attacks.Http2;

/// <summary>Encodes header fields without a table and without Huffman (RFC 7541 §6.2.2): the size on the wire is the size of the text.</summary>
internal static class HeaderBlock
{
    public static byte[] Encode(params IEnumerable<(string Name, string Value)> fields)
    {
        var block = new ArrayBufferWriter<byte>(256);
        foreach (var (name, value) in fields)
        {
            WriteByte(block, 0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.WrittenSpan.ToArray();
    }

    /// <summary>Of a request as a simple client sends it.</summary>
    /// <param name="method">Also one that servers refuse.</param>
    /// <param name="target">Its scheme and host.</param>
    /// <param name="path">With its query.</param>
    /// <param name="more">Further fields.</param>
    public static byte[] Request(string method, Target target, string path, params IEnumerable<(string Name, string Value)> more) => Encode(
    [
        (":method", method), (":scheme", target.Scheme == TargetScheme.Https ? "https" : "http"), (":authority", target.Host), (":path", path), .. more,
    ]);

    private static void WriteText(ArrayBufferWriter<byte> block, string text)
    {
        WriteLength(block, text.Length);
        Encoding.Latin1.GetBytes(text, block);
    }

    /// <summary>An integer with a prefix of seven bits (RFC 7541 §5.1).</summary>
    private static void WriteLength(ArrayBufferWriter<byte> block, int length)
    {
        if (length < 127)
        {
            WriteByte(block, length);
            return;
        }

        WriteByte(block, 127);
        for (length -= 127; length >= 128; length >>= 7)
        {
            WriteByte(block, length | 128);
        }

        WriteByte(block, length);
    }

    private static void WriteByte(ArrayBufferWriter<byte> block, int value)
    {
        block.GetSpan(1)[0] = (byte)value;
        block.Advance(1);
    }
}
