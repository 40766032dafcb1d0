using System.Buffers;
using System.Text;
using TagGateway.Attacks.Connecting;
using TagGateway.Attacks.Http2;

namespace TagGateway.Attacks.Crowds;

/// <summary>Requests that break a rule of HTTP/1.1, HTTP/2 or TLS; one of each kind of rule.</summary>
internal static class MalformedForms
{
    private static readonly byte[][] Http1 =
    [
        .. new[]
        {
            "\0\0\0\0\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: www.shop.example\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : www.shop.example\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: www.shop.example\r\nX-A: \u0001\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: www.shop.example\r\nBad[Name: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: www.shop.example\r\nContent_Length: 1\r\n\r\n",
            "GET /%00 HTTP/1.1\r\nHost: www.shop.example\r\n\r\n",
            "get / HTTP/1.1\r\nHost: www.shop.example\r\n\r\n",
            "TRACE / HTTP/1.1\r\nHost: www.shop.example\r\n\r\n",
            "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: www.shop.example\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: www.shop.example\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: www.shop.example\r\nTransfer-Encoding: gzip\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: www.shop.example\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST /f807/g/collect?v=2 HTTP/1.1\r\nHost: www.shop.example\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST /f807/g/collect?v=2 HTTP/1.1\r\nHost: www.shop.example\r\nContent-Length: 100\r\n\r\nabc",
            "GET /chat HTTP/1.1\r\nHost: www.shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    private static readonly byte[][] Http2 =
    [
        "GET / HTTP/1.1\r\nHost: www.shop.example\r\n\r\n"u8.ToArray(),
        Frames(frames => frames.WriteFrame(FrameType.Data, FrameFlags.None, 0, [0])),
        Frames(frames => frames.WriteFrame(FrameType.Headers, FrameFlags.EndHeaders, 2, [])),
        Frames(frames => frames.WriteFrame(FrameType.Headers, FrameFlags.EndHeaders, 1, [255, 255, 255, 255, 255, 255])),
        Frames(frames => frames.WriteFrame(FrameType.Settings, FrameFlags.None, 0, [1, 2, 3])),
        Frames(frames => frames.WriteSetting(SettingId.InitialWindowSize, uint.MaxValue)),
        Frames(frames => frames.WriteNumber(FrameType.WindowUpdate, 0, int.MaxValue)),
        Frames(frames => frames.WriteNumber(FrameType.WindowUpdate, 1, 1)),
        Frames(frames => frames.WriteNumber(FrameType.ResetStream, 1, 8)),
        Frames(frames => frames.WriteFrame(FrameType.Continuation, FrameFlags.EndHeaders, 1, [])),
        Frames(frames => frames.WriteFrame(FrameType.PushPromise, FrameFlags.EndHeaders, 1, [0, 0, 0, 2])),
        Frames(frames => frames.WriteFrame(FrameType.Ping, FrameFlags.None, 0, [1])),
        Frames(frames => frames.WriteFrame(FrameType.GoAway, FrameFlags.None, 0, [0, 0, 0, 0, 0, 0, 0, 1])),
        Request((":method", "GET")),
        Request((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "www.shop.example"), ("X-A", "upper")),
        Request((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "www.shop.example"), ("connection", "close")),
        Request((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "www.shop.example"), ("transfer-encoding", "chunked")),
        Request((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "www.shop.example"), ("x-a", "\u0001")),
        Request((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "www.shop.example"), ("content_length", "1")),
        Request((":method", "GET"), (":scheme", "http"), (":path", "no-slash"), (":authority", "www.shop.example")),
        Request((":method", "TRACE"), (":scheme", "http"), (":path", "/"), (":authority", "www.shop.example")),
        Request((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "a b")),
        Request((":method", "POST"), (":scheme", "http"), (":path", "/"), (":authority", "www.shop.example"), ("content-length", "5")),
    ];

    private static readonly byte[][] BelowTls =
    [
        "GET / HTTP/1.1\r\nHost: www.shop.example\r\n\r\n"u8.ToArray(),
        [22, 3, 1, 2, 0],
        [22, 3, 1, 0, 4, 1, 0, 0, 0],
        [21, 3, 3, 0, 2, 2, 40],
        [128, 46, 1, 3, 1, 0, 0, 0],
    ];

    /// <summary>The bytes of one form, and whether they are sent in place of a TLS handshake.</summary>
    public static (byte[] Bytes, bool IsBelowTls) Choose(TargetScheme scheme, int number) => scheme switch
    {
        TargetScheme.Http => (Http1[number % Http1.Length], true),
        TargetScheme.H2c => (Http2[number % Http2.Length], true),
        _ when number % 2 == 0 => (BelowTls[number / 2 % BelowTls.Length], true),
        _ => (Http2[number / 2 % Http2.Length], false),
    };

    private static byte[] Request(params (string Name, string Value)[] fields) =>
        Frames(frames => frames.WriteFrame(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 1, HeaderBlock.Encode(fields)));

    private static byte[] Frames(Action<ArrayBufferWriter<byte>> write)
    {
        var frames = new ArrayBufferWriter<byte>();
        frames.Write(Http2Connection.Preface);
        frames.WriteFrame(FrameType.Settings, FrameFlags.None, 0, []);
        write(frames);
        return frames.WrittenSpan.ToArray();
    }
}
