using static TagGateway.EndToEnd.Receiving.HostileRequest;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Attacks by Transfer-Encoding.</summary>
internal static class CodingAttacks
{
    private const string Body = "5\r\nhello\r\n0\r\n\r\n";

    public static readonly HostileRequest[] All =
    [
        new("TE xchunked", Post("Transfer-Encoding: xchunked\r\n", Body), 400),
        new("TE chunked, identity", Post("Transfer-Encoding: chunked, identity\r\n", Body), 400),
        new("TE identity, chunked", Post("Transfer-Encoding: identity, chunked\r\n", Body), 400),
        new("TE gzip, chunked", Post("Transfer-Encoding: gzip, chunked\r\n", Body), 400),
        new("TE chunked, gzip", Post("Transfer-Encoding: chunked, gzip\r\n", Body), 400),
        new("TE chunked, chunked", Post("Transfer-Encoding: chunked, chunked\r\n", Body), 400),
        new("TE with empty element", Post("Transfer-Encoding: , chunked\r\n", Body), 400),
        new("TE identity", Post("Transfer-Encoding: identity\r\n", Body), 400),
        new("TE without a value", Post("Transfer-Encoding:\r\n", Body), 400),
        new("two TE lines", Post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", Body), 400),
        new("two TE lines, identity last", Post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", Body), 400),
        new("two TE lines, chunked last", Post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", Body), 400),
        new("TE with parameter", Post("Transfer-Encoding: chunked;q=1\r\n", Body), 400),
        new("TE quoted", Post("Transfer-Encoding: \"chunked\"\r\n", Body), 400),
        new("TE with vertical tab", Post("Transfer-Encoding: \x0b" + "chunked\r\n", Body), 400),
        new("TE with form feed behind", Post("Transfer-Encoding: chunked\x0c\r\n", Body), 400),
        new("TE with NUL", Post("Transfer-Encoding: chunked\0\r\n", Body), 400),
        new("TE with CR behind", Post("Transfer-Encoding: chunked\r\r\n", Body), 400),
        new("TE with CR before", Post("Transfer-Encoding: \rchunked\r\n", Body), 400),
        new("TE with space before the colon", Post("Transfer-Encoding : chunked\r\n", Body), 400),
        new("TE with tab before the colon", Post("Transfer-Encoding\t: chunked\r\n", Body), 400),
        new("TE indented as first header", $"POST {{P}} HTTP/1.1\r\n Transfer-Encoding: chunked\r\nHost: shop.example\r\n\r\n{Body}", 400),
        new("TE folded before its value", Post("Transfer-Encoding:\r\n chunked\r\n", Body), 400),
        new("TE folded by a tab", Post("X-A: 1\r\n\tTransfer-Encoding: chunked\r\n", Body), 400),
        new("TE folded into another header", Post("X-A: 1\r\n Transfer-Encoding: chunked\r\n", Body), 400),
        new("TE with underscore", Post("Transfer_Encoding: chunked\r\n", Body), 400),
        new("TE with underscore beside CL", Post("Transfer_Encoding: chunked\r\nContent-Length: 5\r\n", "hello"), 400),
        new("TE over HTTP/1.0", Post("Transfer-Encoding: chunked\r\n", Body, "HTTP/1.0"), 400),
        new("TE and keep-alive over HTTP/1.0", Post("Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n", Body, "HTTP/1.0"), 400),
        new("TE nominated by Connection", Post("Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n", Body), 204),
        new("TE in mixed case", Post("tRANSFER-eNCODING: ChUnKeD\r\n", Body), 204),
        new("TE with tabs around its value", Post("Transfer-Encoding:\tchunked\t\r\n", Body), 204),
        new("TE behind a bare LF", Post("X-A: 1\nTransfer-Encoding: chunked\r\n", Body), 204),
    ];
}
