using static TagGateway.EndToEnd.Receiving.HostileRequest;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Attacks by Content-Length, and by bodies that are requests.</summary>
internal static class LengthAttacks
{
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    public static readonly HostileRequest[] All =
    [
        new("CL, then TE", Post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nX"), 400),
        new("TE, then CL", Post("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", "0\r\n\r\nX"), 400),
        new("CL, TE, CL", Post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400),
        new("CL of nothing beside TE", Post("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"), 400),
        new("TE beside X-Content-Length", Post("X-Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400),
        new("two equal CL", Post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400),
        new("two different CL", Post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"), 400),
        new("list of equal CL", Post("Content-Length: 5, 5\r\n", "hello"), 400),
        new("list of different CL", Post("Content-Length: 5, 6\r\n", "hello!"), 400),
        new("CL with minus", Post("Content-Length: -5\r\n", "hello"), 400),
        new("CL of minus one", Post("Content-Length: -1\r\n", "hello"), 400),
        new("CL in hexadecimal", Post("Content-Length: 0x5\r\n", "hello"), 400),
        new("CL with exponent", Post("Content-Length: 1e1\r\n", "hello"), 400),
        new("CL with inner space", Post("Content-Length: 5 5\r\n", "hello"), 400),
        new("CL without a value", Post("Content-Length:\r\n", "hello"), 400),
        new("CL in full-width digits", Post("Content-Length: \xef\xbc\x95\r\n", "hello"), 400),
        new("CL with decimals", Post("Content-Length: 5.0\r\n", "hello"), 400),
        new("CL beyond 64 bits", Post("Content-Length: 9223372036854775808\r\n", "hello"), 400),
        new("CL beyond any bits", Post("Content-Length: 99999999999999999999999\r\n", "hello"), 400),
        new("CL over the limit of hits", Post("Content-Length: 2000000000\r\n", "hello"), 413, 400, EndsAtOnce: true),
        new("CL longer than the body", Post("Content-Length: 50\r\n", "hello"), 400, EndsAtOnce: true),
        new("CL with underscore", Post("Content_Length: 5\r\n", "hello"), 400),
        new("CL with underscore beside CL", Post("Content_Length: 50\r\nContent-Length: 5\r\n", "hello"), 400),
        new("CL with space before the colon", Post("Content-Length : 5\r\n", "hello"), 400),
        new("CL with plus", Post("Content-Length: +5\r\n", "hello"), 400),
        new("CL of minus zero", Post("Content-Length: -0\r\n"), 400),
        new("CL of plus zero", Post("Content-Length: +0\r\n"), 400),
        new("CL of 60 zeros", Post($"Content-Length: {new string('0', 60)}\r\n"), 400),
        // Kestrel reads this as the number it means; what leaves is written anew.
        new("CL with leading zeros", Post("Content-Length: 0000005\r\n", "hello"), 204),
        // The second request is one of its own: answered after the first, never part of it.
        new("request behind an empty body", Post("Content-Length: 0\r\n", Smuggled), 204, Forwarded: 2),
        new("request as the body of a GET", $"GET {{P}} HTTP/1.1\r\nHost: shop.example\r\nContent-Length: {Smuggled.Length}\r\n\r\n{Smuggled}", 204),
        new("request behind a short body", Post("Content-Length: 5\r\n", "hello" + Smuggled), 204, Forwarded: 2),
        new("garbage behind a body", Post("Content-Length: 5\r\n", "helloG@RB AGE\r\n\r\n"), 204),
    ];
}
