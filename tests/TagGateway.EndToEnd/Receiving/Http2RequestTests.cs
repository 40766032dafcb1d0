using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Malformed HTTP/2 requests (RFC 9113 §8.1.1, §8.2, §8.3) go no further, in raw frames.</summary>
public sealed class Http2RequestTests(Http2Gateway gateway) : IClassFixture<Http2Gateway>
{
    private const int TransferEncodingIndex = 57;
    private static readonly byte[] Sound = HeaderBlock.Encode(HeaderBlock.Get("/x"));

    public static TheoryData<string, string> SoundFields => new()
    {
        { "te", "trailers" },
        { "user-agent", "a b" },
        { "x-empty", "" },
        { "x-upgrade", "h2c" },
        { "upgrade-insecure-requests", "1" },
        { "cookie", "a=1" },
    };

    [Theory]
    [MemberData(nameof(SoundFields))]
    public async Task Field_Sound_ReachesTheOrigin(string name, string value)
    {
        var (response, _, arrived) = await gateway.SendAsync([.. Sound, .. Field(name, value)]);

        Assert.Equal((200, "ok"), (response.Status, response.Text));
        Assert.Equal("/x", Assert.Single(arrived).Target);
    }

    [Theory]
    [InlineData("connection", "close")]
    [InlineData("connection", "keep-alive, x-a")]
    [InlineData("connection", "")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("transfer-encoding", "identity")]
    [InlineData("transfer-encoding", "")]
    [InlineData("upgrade", "h2c")]
    [InlineData("upgrade", "websocket")]
    [InlineData("upgrade", "")]
    [InlineData("keep-alive", "timeout=5")]
    [InlineData("keep-alive", "")]
    [InlineData("proxy-connection", "keep-alive")]
    [InlineData("proxy-connection", "")]
    [InlineData("te", "gzip")]
    [InlineData("te", "trailers, gzip")]
    [InlineData("te", "")]
    public async Task Field_ConnectionSpecific_IsRefused(string name, string value)
    {
        await gateway.AssertRefusedAsync([.. Sound, .. Field(name, value)]);
        await gateway.AssertRefusedAsync([.. HeaderBlock.Encode(HeaderBlock.Get("/f807/x", method: "POST")), .. Field(name, value)], "hello"u8.ToArray());
    }

    /// <summary>The static table names this one: its value does not pass where Kestrel looks at names.</summary>
    [Fact]
    public Task Field_TransferEncodingByIndex_IsRefused() =>
        gateway.AssertRefusedAsync([.. Sound, .. HeaderBlock.EncodeIndexedName(TransferEncodingIndex, "chunked")]);

    [Theory]
    [InlineData("X-Upper", "1")]
    [InlineData("x-Upper", "1")]
    [InlineData("", "1")]
    [InlineData("x a", "1")]
    [InlineData("x:a", "1")]
    [InlineData("x\0a", "1")]
    [InlineData("x\ta", "1")]
    [InlineData("x\u007f", "1")]
    [InlineData("x\u00e4", "1")]
    [InlineData("x-a", "a\0b")]
    [InlineData("x-a", "a\rb")]
    [InlineData("x-a", "a\nb")]
    [InlineData("x-a", "a\r\nx-b: b")]
    [InlineData("x-a", "a\u0001b")]
    [InlineData("x-a", " a")]
    [InlineData("x-a", "a ")]
    [InlineData("x-a", "\ta")]
    [InlineData("x-a", "a\t")]
    [InlineData("x-a", " ")]
    [InlineData("content_length", "5")]
    [InlineData("content-length", "5")]
    [InlineData("content-length", "-0")]
    [InlineData("content-length", "+0")]
    [InlineData("content-length", "x")]
    public Task Field_Malformed_IsRefused(string name, string value) => gateway.AssertRefusedAsync([.. Sound, .. Field(name, value)]);

    public static TheoryData<string, (string Name, string Value)[]> OddPseudoFields => new()
    {
        { "no path", [(":method", "GET"), (":scheme", "http"), (":authority", "shop.example")] },
        { "no method", [(":scheme", "http"), (":path", "/x"), (":authority", "shop.example")] },
        { "no scheme", [(":method", "GET"), (":path", "/x"), (":authority", "shop.example")] },
        { "empty path", HeaderBlock.Get("") },
        { "path without slash", HeaderBlock.Get("x") },
        { "asterisk", HeaderBlock.Get("*") },
        { "address as path", HeaderBlock.Get("http://shop.example/x") },
        { "fragment", HeaderBlock.Get("/x#y") },
        { "space in the path", HeaderBlock.Get("/x y") },
        { "tab in the path", HeaderBlock.Get("/x\ty") },
        { "line in the path", HeaderBlock.Get("/x HTTP/1.1\r\nx-a: b") },
        { "non-ASCII in the path", HeaderBlock.Get("/\u00e4") },
        { "empty method", HeaderBlock.Get("/x", method: "") },
        { "method with a space", HeaderBlock.Get("/x", method: "GET /y") },
        { "two methods", [(":method", "POST"), .. HeaderBlock.Get("/x")] },
        { "two paths", [(":path", "/y"), .. HeaderBlock.Get("/x")] },
        { "two authorities", [(":authority", "other.example"), .. HeaderBlock.Get("/x")] },
        { "other scheme", [(":method", "GET"), (":scheme", "ftp"), (":path", "/x"), (":authority", "shop.example")] },
        { "scheme of TLS", [(":method", "GET"), (":scheme", "https"), (":path", "/x"), (":authority", "shop.example")] },
        { "unknown pseudo field", [(":odd", "1"), .. HeaderBlock.Get("/x")] },
        { "status", [(":status", "200"), .. HeaderBlock.Get("/x")] },
        { "protocol without CONNECT", [(":protocol", "websocket"), .. HeaderBlock.Get("/x")] },
        { "pseudo field behind a field", [.. HeaderBlock.Get("/x")[..3], ("x-a", "1"), (":authority", "shop.example")] },
        { "pseudo field in upper case", [(":Path", "/y"), .. HeaderBlock.Get("/x")] },
        { "authority with user", HeaderBlock.Get("/x", "user@shop.example") },
        { "authority with path", HeaderBlock.Get("/x", "shop.example/y") },
        { "authority with a space", HeaderBlock.Get("/x", "shop.example ") },
        { "authority list", HeaderBlock.Get("/x", "shop.example, other.example") },
    };

    [Theory]
    [MemberData(nameof(OddPseudoFields))]
    public async Task PseudoField_Odd_IsRefused(string kind, (string Name, string Value)[] fields)
    {
        Assert.NotEmpty(kind);
        await gateway.AssertRefusedAsync(HeaderBlock.Encode(fields));
    }

    [Fact]
    public async Task Connect_WithoutAProtocol_IsNotAllowed() =>
        Assert.Equal(405, (await Http2Client.SendAsync(gateway.Address, (":method", "CONNECT"), (":authority", "shop.example:443"))).Status);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData(".")]
    [InlineData(".:80")]
    [InlineData(" ")]
    [InlineData("..")]
    public Task Authority_WithoutAHost_IsRefused(string? authority)
    {
        (string Name, string Value)[] fields = [.. HeaderBlock.Get("/x")[..3]];
        return gateway.AssertRefusedAsync(HeaderBlock.Encode(authority is null ? fields : [.. fields, (":authority", authority)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData(" ")]
    public Task Host_InPlaceOfTheAuthorityWithoutAHost_IsRefused(string host) =>
        gateway.AssertRefusedAsync(HeaderBlock.Encode([.. HeaderBlock.Get("/x")[..3], ("host", host)]));

    /// <summary>Which site it is, and what the origin is told, is decided by one of the two alone.</summary>
    [Theory]
    [InlineData("shop.example", "shop.example", "shop.example")]
    [InlineData("other.example", "shop.example", "shop.example")]
    [InlineData("", "shop.example", "shop.example")]
    [InlineData("shop.example", "", "shop.example")]
    public async Task Host_BesideAnAuthority_ReachesNobody(string host, string authority, string expected)
    {
        var (response, _, arrived) = await gateway.SendAsync(HeaderBlock.Encode([.. HeaderBlock.Get("/x", authority), ("host", host), ("host", host)]));

        Assert.True(response.Status == 200 || authority.Length == 0, $"{response}");
        Assert.All(arrived, request => Assert.Equal((expected, expected), (request.Header("Host"), request.Header("X-Forwarded-Host"))));
    }

    [Fact]
    public async Task Host_InPlaceOfTheAuthority_IsServed()
    {
        var (response, _, arrived) = await gateway.SendAsync(HeaderBlock.Encode([.. HeaderBlock.Get("/x")[..3], ("host", "shop.example")]));

        Assert.Equal((200, "shop.example"), (response.Status, Assert.Single(arrived).Header("Host")));
    }

    /// <summary>A refused stream ends alone: its connection carries others, and Kestrel warns of a <c>Connection</c> header on one.</summary>
    [Fact]
    public async Task Refusal_OnAConnection_LeavesTheConnectionAndTheLogAlone()
    {
        using var client = await Http2Client.ConnectAsync(gateway.Address);

        for (var i = 0; i < 20; i++)
        {
            var refused = await client.SendAsync([.. Sound, .. Field("upgrade", "h2c")]);
            var served = await client.SendAsync(HeaderBlock.Encode(HeaderBlock.Get(Http2Gateway.HopByHop)));

            Assert.Equal((400, 200, "ok"), (refused.Status, served.Status, served.Text));
        }

        Assert.Empty(client.GoAways);
        Assert.DoesNotContain(gateway.Log, line => line.StartsWith("Microsoft", StringComparison.Ordinal));
    }

    private static byte[] Field(string name, string value) => HeaderBlock.Encode([(name, value)]);
}
