using static TagGateway.EndToEnd.Receiving.HostileRequest;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Attacks by method, version, upgrade and pipelining.</summary>
internal static class ProtocolAttacks
{
    private const string WebSocket = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    public static readonly HostileRequest[] All =
    [
        new("TRACE", Method("TRACE"), 405),
        new("trace in lower case", Method("trace"), 405),
        new("CONNECT of an authority", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", 405),
        new("CONNECT of the site", "CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n", 405),
        new("CONNECT of a path", Method("CONNECT"), 405),
        new("get in lower case", Method("get"), 405),
        new("head in lower case", Method("head"), 405),
        new("Options in mixed case", Method("Options"), 405),
        new("method with a control character", Method("G\x01T"), 400),
        new("method with NUL", Method("G\0T"), 400),
        new("method with parenthesis", Method("G(T)"), 400),
        new("method with a comma", Method("GET,POST"), 400),
        new("no method", " {P} HTTP/1.1\r\nHost: shop.example\r\n\r\n", 400),
        new("method of 10,000 letters", Method(new string('A', 10_000)), 204),
        new("PROPFIND", Method("PROPFIND"), 204),
        new("unknown method", Method("BANANA"), 204),
        new("DELETE", Method("DELETE"), 204),
        new("PURGE", Method("PURGE"), 204),
        new("OPTIONS of the server", "OPTIONS * HTTP/1.1\r\nHost: shop.example\r\n\r\n", 204, Forwarded: 0),
        new("version 1.2", Version("HTTP/1.2"), 505),
        new("version 2.0", Version("HTTP/2.0"), 505),
        new("version 9.9", Version("HTTP/9.9"), 505),
        new("version in lower case", Version("http/1.1"), 505),
        new("version with garbage", Version("HTTP/1.1x"), 400),
        new("version 1.10", Version("HTTP/1.10"), 400),
        new("no version", "GET {P}\r\nHost: shop.example\r\n\r\n", 400),
        new("two spaces before the version", "GET {P}  HTTP/1.1\r\nHost: shop.example\r\n\r\n", 204),
        new("tab before the version", "GET {P}\tHTTP/1.1\r\nHost: shop.example\r\n\r\n", 400),
        new("HTTP/2 preface in clear", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", 0),
        new("TLS hello", "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + new string('\0', 500) + "\n", 400),
        new("lines ended by LF", "GET {P} HTTP/1.1\nHost: shop.example\n\n", 204),
        new("lines ended by CR", "GET {P} HTTP/1.1\rHost: shop.example\r\r", 400, EndsAtOnce: true),
        new("lines ended by CR CR LF", "GET {P} HTTP/1.1\r\r\nHost: shop.example\r\r\n\r\r\n", 400),
        new("head cut off", "GET {P} HTTP/1.1\r\nHost: shop.exa", 400, EndsAtOnce: true),
        new("websocket of Google's", Get(WebSocket), 204),
        new("websocket with a body", Post(WebSocket + "Content-Length: 5\r\n", "hello"), 204),
        new("websocket with a request behind", Get(WebSocket) + "GET /smuggled HTTP/1.1\r\nHost: shop.example\r\n\r\n", 204, Forwarded: 2),
        new("upgrade to h2c", Get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"), 204),
        new("upgrade to h2c without Connection", Get("Upgrade: h2c\r\n"), 204),
        new("upgrade to TLS", Get("Connection: Upgrade\r\nUpgrade: TLS/1.0, HTTP/1.1\r\n"), 204),
        new("upgrade to SPDY", Get("Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"), 204),
        new("expects to continue", Post("Expect: 100-continue\r\nContent-Length: 5\r\n", "hello"), 204),
        new("expects something else", Post("Expect: 200-ok\r\nContent-Length: 5\r\n", "hello"), 204),
        new("pipelined hits", string.Concat(Enumerable.Repeat("GET {P} HTTP/1.1\r\nHost: shop.example\r\n\r\n", 5)), 204, Forwarded: 5),
        new("pipelined behind a refusal", Get("Bad[Name: 1\r\n") + Get(""), 400),
        new("pipelined behind garbage", "\x01\x02\x03\r\n\r\n" + Get(""), 400),
    ];

    private static string Method(string method) => $"{method} {{P}} HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    private static string Version(string version) => $"GET {{P}} {version}\r\nHost: shop.example\r\n\r\n";
}
