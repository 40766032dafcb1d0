using static TagGateway.EndToEnd.Receiving.HostileRequest;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Attacks by header names, values, numbers and sizes.</summary>
internal static class HeaderAttacks
{
    public static readonly HostileRequest[] All =
    [
        new("NUL in a value", Get("X-A: a\0b\r\n"), 400),
        new("bell in a value", Get("X-A: a\x07" + "b\r\n"), 400),
        new("SOH in a value", Get("X-A: \x01\r\n"), 400),
        new("DEL in a value", Get("X-A: a\x7f" + "b\r\n"), 400),
        new("escape in a value", Get("X-A: \x1b[31mred\r\n"), 400),
        new("CR in a value", Get("X-A: a\rX-B: b\r\n"), 400),
        new("control character in a cookie", Get("Cookie: _ga=1\x02\r\n"), 400),
        new("NUL in a name", Get("X\0A: 1\r\n"), 400),
        new("tab in a name", Get("X\tA: 1\r\n"), 400),
        new("space in a name", Get("X A: 1\r\n"), 400),
        new("bracket in a name", Get("Bad[Name: 1\r\n"), 400),
        new("parenthesis in a name", Get("Bad(Name): 1\r\n"), 400),
        new("slash in a name", Get("Bad/Name: 1\r\n"), 400),
        new("at sign in a name", Get("Bad@Name: 1\r\n"), 400),
        new("quotes in a name", Get("\"BadName\": 1\r\n"), 400),
        new("equals sign in a name", Get("Bad=Name: 1\r\n"), 400),
        new("non-ASCII in a name", Get("B\xe4" + "d: 1\r\n"), 400),
        new("empty name", Get(": 1\r\n"), 400),
        new("pseudo header", Get(":path: /smuggled\r\n"), 400),
        new("pseudo authority", Get(":authority: evil.example\r\n"), 400),
        new("line without a colon", Get("NoColonHere\r\n"), 400),
        new("value of 100 KB", Get($"X-A: {new string('a', 100 * 1024)}\r\n"), 431),
        new("name of 100 KB", Get($"{new string('a', 100 * 1024)}: 1\r\n"), 431),
        new("10,000 headers", Get(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: 1\r\n"))), 431),
        new("101 headers", Get(string.Concat(Enumerable.Range(0, 101).Select(i => $"X-{i}: 1\r\n"))), 431),
        new("request line of 64 KB", $"GET {{P}}?{new string('a', 64 * 1024)} HTTP/1.1\r\nHost: shop.example\r\n\r\n", 414),
        new("empty lines without end", new string('\n', 100_000), 0, EndsAtOnce: true),
        new("nominated X-Forwarded-For, Cookie and Host", Get("Connection: X-Forwarded-For, Cookie, Host\r\nCookie: _ga=1\r\n"), 204),
        new("nominated length and type", Post("Connection: Content-Length, Content-Type\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n", "hello"), 204),
        new("nominated garbage", Get("Connection: ,,a b,\"x\",;,\xe4,close,\r\n"), 204),
        new("non-ASCII in a value", Get("User-Agent: Mozill\xe4/\xf0\x9f\x98\x80\r\nX-A: \xff\xfe\r\n"), 204),
        new("override of method and target", Get("X-HTTP-Method-Override: DELETE\r\nX-Original-URL: /admin\r\nX-Rewrite-URL: /admin\r\n"), 204),
        new("hop-by-hop headers", Get("Keep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\nTE: trailers\r\nTrailer: X\r\n"), 204),
        new("255 nominated names", Get($"Connection: {string.Join(',', Enumerable.Range(0, 255).Select(i => $"x-{i}"))}\r\n"), 204),
        new("same header 50 times", Get(string.Concat(Enumerable.Repeat("Accept: a/b\r\n", 50))), 204),
        new("two Referer, two User-Agent, two Origin", Get("Referer: https://a.example/\r\nReferer: https://b.example/\r\nUser-Agent: a\r\nUser-Agent: b\r\nOrigin: https://a.example\r\nOrigin: https://b.example\r\n"), 204),
    ];
}
