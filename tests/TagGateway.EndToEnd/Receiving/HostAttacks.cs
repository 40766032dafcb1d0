namespace TagGateway.EndToEnd.Receiving;

/// <summary>Attacks by the host that a request names.</summary>
internal static class HostAttacks
{
    public static readonly HostileRequest[] All =
    [
        new("no Host", "GET {P} HTTP/1.1\r\n\r\n", 400),
        new("no Host over HTTP/1.0", "GET {P} HTTP/1.0\r\n\r\n", 404),
        new("empty Host", Host(""), 400),
        new("empty Host over HTTP/1.0", "GET {P} HTTP/1.0\r\nHost:\r\n\r\n", 400),
        new("Host of spaces", Host(" \t "), 400),
        new("Host of a port", Host(":80"), 400),
        new("Host of a dot", Host("."), 400),
        new("Host of a dot and a port", Host(".:80"), 400),
        new("Host of an empty IPv6 address", Host("[]"), 400),
        new("two Hosts", Host("shop.example\r\nHost: shop.example"), 400),
        new("two different Hosts", Host("shop.example\r\nHost: evil.example"), 400),
        new("list of Hosts", Host("shop.example, evil.example"), 400),
        new("unknown Host", Host("evil.example"), 404),
        new("Host below the site's", Host("a.shop.example"), 404),
        new("Host that ends like the site's", Host("evilshop.example"), 404),
        new("Host that begins like the site's", Host("shop.example.evil.example"), 404),
        new("Host with user", Host("evil@shop.example"), 400),
        new("Host as user", Host("shop.example@evil.example"), 400),
        new("Host with path", Host("shop.example/f807"), 400),
        new("Host with query", Host("shop.example?x"), 400),
        new("Host with fragment", Host("shop.example#@evil.example"), 400),
        new("Host with backslash", Host("shop.example\\evil"), 400),
        new("Host with inner space", Host("shop.example evil.example"), 400),
        new("Host with inner tab", Host("shop.example\tevil.example"), 400),
        new("Host with NUL", Host("shop.example\0"), 400),
        new("Host with escapes", Host("shop%2eexample"), 400),
        new("Host with non-ASCII", Host("sh\xf6p.example"), 400),
        new("Host with a port of letters", Host("shop.example:abc"), 400),
        new("Host with two ports", Host("shop.example:80:90"), 400),
        new("Host with half an IPv6 address", Host("[::1"), 400),
        new("Host with an IPv6 address", Host("[::1]:80"), 404),
        new("Host with a space before the colon", "GET {P} HTTP/1.1\r\nHost : shop.example\r\n\r\n", 400),
        new("Host folded", "GET {P} HTTP/1.1\r\nHost:\r\n shop.example\r\n\r\n", 400),
        new("Host with two dots behind", Host("shop.example.."), 404),
        new("Host of 5,000 letters", Host(new string('a', 5000)), 404),
        new("Host with a port", Host("shop.example:8080"), 204),
        new("Host with a port out of range", Host("shop.example:99999"), 204, 400),
        new("Host with a dot behind", Host("shop.example."), 204),
        new("Host in upper case", Host("SHOP.EXAMPLE"), 204),
        new("Host beside X-Forwarded-Host", Host("shop.example\r\nX-Forwarded-Host: evil.example\r\nX-Host: evil.example\r\nForwarded: host=evil.example"), 204),
    ];

    private static string Host(string host) => $"GET {{P}} HTTP/1.1\r\nHost: {host}\r\n\r\n";
}
