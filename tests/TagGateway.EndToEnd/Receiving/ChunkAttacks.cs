using static TagGateway.EndToEnd.Receiving.HostileRequest;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Attacks by the chunks of a body.</summary>
internal static class ChunkAttacks
{
    private const string End = "0\r\n\r\n";

    public static readonly HostileRequest[] All =
    [
        new("chunk size with plus", Chunked("+5\r\nhello\r\n" + End), 400),
        new("chunk size with minus", Chunked("-5\r\nhello\r\n" + End), 400),
        new("chunk size with 0x", Chunked("0x5\r\nhello\r\n" + End), 400),
        new("chunk size with space before", Chunked(" 5\r\nhello\r\n" + End), 400),
        new("chunk size with underscore", Chunked("0_5\r\nhello\r\n" + End), 400),
        new("chunk size missing", Chunked("\r\nhello\r\n" + End), 400),
        new("chunk size of no digit", Chunked("g\r\nhello\r\n" + End), 400),
        new("chunk size beyond 31 bits", Chunked("80000000\r\nhello\r\n" + End), 400),
        new("chunk size beyond 32 bits", Chunked("100000005\r\nhello\r\n" + End), 400),
        new("chunk size beyond 64 bits", Chunked("FFFFFFFFFFFFFFFFF\r\nhello\r\n" + End), 400),
        new("chunk size of many zeros", Chunked("0000000000000000000005\r\nhello\r\n" + End), 400),
        new("chunk size over the limit of hits", Chunked("7FFFFFFF\r\nhello"), 400, EndsAtOnce: true),
        new("chunk size ended by LF", Chunked("5\nhello\r\n" + End), 400),
        new("chunk size ended by CR", Chunked("5\rhello\r\n" + End), 400),
        new("chunk without its end", Chunked("5\r\nhello" + End), 400),
        new("chunk ended by LF", Chunked("5\r\nhello\n" + End), 400),
        new("chunk longer than said", Chunked("5\r\nhello world\r\n" + End), 400),
        new("chunk shorter than said", Chunked("F\r\nhello\r\n" + End), 400, EndsAtOnce: true),
        new("chunks without a last one", Chunked("5\r\nhello\r\n"), 400, EndsAtOnce: true),
        new("chunks cut in the last one", Chunked("5\r\nhello\r\n0\r\n"), 400, EndsAtOnce: true),
        new("chunk extension with LF", Chunked("5;a=b\nhello\r\n" + End), 400),
        new("chunk extension with LF of its own", Chunked("2;\nxx\r\n4c\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 15\r\n\r\n0\r\n\r\n"), 400),
        new("chunk extension with CR", Chunked("5;a=\rb\r\nhello\r\n" + End), 400),
        new("last chunk's extension with LF", Chunked("5\r\nhello\r\n0;\n\r\n"), 400, EndsAtOnce: true),
        new("chunk trailer ended by LF", Chunked("5\r\nhello\r\n0\r\nX-T: 1\n\n"), 204),
        new("chunk trailer with a space in its name", Chunked("5\r\nhello\r\n0\r\nX T: 1\r\n\r\n"), 400),
        // What these say is dropped: chunks are written anew.
        new("chunk extension", Chunked("5;name=value\r\nhello\r\n" + End), 204),
        new("chunk extension of nothing", Chunked("5;\r\nhello\r\n" + End), 204),
        new("chunk extension with control character", Chunked("5;a\x01\r\nhello\r\n" + End), 204),
        new("chunk size with space behind", Chunked("5 \r\nhello\r\n" + End), 400),
        new("chunk trailer that sets the length", Chunked("5\r\nhello\r\n0\r\nContent-Length: 50\r\nTransfer-Encoding: identity\r\nHost: evil.example\r\n\r\n"), 204),
        new("chunk trailers forged as the gateway's", Chunked("5\r\nhello\r\n0\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n"), 204),
        new("request behind the last chunk", Chunked(End + "GET /smuggled HTTP/1.1\r\nHost: shop.example\r\n\r\n"), 204, Forwarded: 2),
    ];
}
