using System.Globalization;
using System.Text;

namespace TagGateway.EndToEnd.Harness;

/// <summary>HPACK as far as a test needs it (RFC 7541): writes every field as a literal, well-formed or not, and reads the status of a response.</summary>
internal static class HeaderBlock
{
    private const int StatusIndex = 8;
    private static readonly int[] IndexedStatuses = [200, 204, 206, 304, 400, 404, 500];

    /// <summary>The pseudo header fields of a GET of <c>shop.example</c>.</summary>
    public static (string Name, string Value)[] Get(string path, string authority = "shop.example", string method = "GET", string scheme = "http") =>
        [(":method", method), (":scheme", scheme), (":path", path), (":authority", authority)];

    public static byte[] Encode(IEnumerable<(string Name, string Value)> fields) =>
        [.. fields.SelectMany(field => (byte[])[0x00, .. Text(field.Name), .. Text(field.Value)])];

    /// <summary>A field whose name is taken from the static table, which is another way through a decoder.</summary>
    /// <param name="index">In the static table: 15 to 61.</param>
    /// <param name="value">Latin-1.</param>
    public static byte[] EncodeIndexedName(int index, string value) => [0x0f, (byte)(index - 15), .. Text(value)];

    /// <summary>The status of a response whose encoder has no dynamic table, and no Huffman code.</summary>
    public static int StatusOf(ReadOnlySpan<byte> block)
    {
        while (block[0] >> 5 == 1)
        {
            block = block[1..]; // a size of the dynamic table
        }

        if ((block[0] & 0x80) != 0)
        {
            return IndexedStatuses[(block[0] & 0x7f) - StatusIndex];
        }

        Assert.InRange(block[0] & 0x0f, StatusIndex, StatusIndex + IndexedStatuses.Length - 1);
        return int.Parse(block.Slice(2, 3), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>Length and bytes (RFC 7541 §5.2), not Huffman encoded.</summary>
    private static byte[] Text(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var length = new List<byte> { (byte)Math.Min(bytes.Length, 127) };
        if (bytes.Length >= 127)
        {
            var rest = bytes.Length - 127;
            for (; rest >= 128; rest >>= 7)
            {
                length.Add((byte)((rest & 0x7f) | 0x80));
            }

            length.Add((byte)rest);
        }

        return [.. length, .. bytes];
    }
}
