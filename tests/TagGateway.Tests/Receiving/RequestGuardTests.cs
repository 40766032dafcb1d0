using Microsoft.AspNetCore.Http.Features;
using TagGateway.Receiving;
using TagGateway.Tests.Responding;

namespace TagGateway.Tests.Receiving;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("GET", nameof(RequestRefusal.None))]
    [InlineData("POST", nameof(RequestRefusal.None))]
    [InlineData("OPTIONS", nameof(RequestRefusal.None))]
    [InlineData("PROPFIND", nameof(RequestRefusal.None))]
    [InlineData("TRACE", nameof(RequestRefusal.Method))]
    [InlineData("trace", nameof(RequestRefusal.Method))]
    [InlineData("CONNECT", nameof(RequestRefusal.Method))]
    public void Check_Method_RefusesTunnelsAndEchoes(string method, string expected) =>
        Assert.Equal(expected, RequestGuard.Check(SomeContext.Create(method)).ToString());

    [Theory]
    [InlineData(true, nameof(RequestRefusal.None))]
    [InlineData(false, nameof(RequestRefusal.Method))]
    public void Check_ConnectOverHttp2_NeedsAProtocol(bool isExtended, string expected)
    {
        var context = SomeContext.Create("CONNECT");
        context.Features.Set<IHttpExtendedConnectFeature>(new ExtendedConnect(isExtended));

        Assert.Equal(expected, RequestGuard.Check(context).ToString());
        Assert.Equal(isExtended, RequestGuard.IsExtendedConnect(context));
    }

    [Fact]
    public void IsExtendedConnect_OrdinaryRequest_IsFalse() => Assert.False(RequestGuard.IsExtendedConnect(SomeContext.Create()));

    [Theory]
    [InlineData("User-Agent", "Mozilla/5.0 (X11; \u00e4)")]
    [InlineData("X-Tab", "a\tb")]
    [InlineData("X-Empty", "")]
    [InlineData("x_session", "1")]
    [InlineData(":path", "/")]
    [InlineData("Content-Length", "0")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Transfer-Encoding", "Chunked")]
    public void Check_SoundHeader_Passes(string name, string value) => Assert.Equal(RequestRefusal.None, Check(name, value));

    [Theory]
    [InlineData("X Y")]
    [InlineData("X(Y")]
    [InlineData("X\tY")]
    [InlineData("X:Y")]
    [InlineData("::path")]
    [InlineData(":")]
    [InlineData("X\u00e4")]
    [InlineData("X\0")]
    public void Check_NameThatIsNoToken_IsRefused(string name) => Assert.Equal(RequestRefusal.HeaderName, Check(name, "1"));

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("\u0001")]
    [InlineData("\u001f")]
    [InlineData("\u007f")]
    public void Check_ControlCharacterInAValue_IsRefused(string value) => Assert.Equal(RequestRefusal.HeaderValue, Check("X-A", value));

    [Fact]
    public void Check_ControlCharacterInTheSecondValue_IsRefused()
    {
        var context = SomeContext.Create();
        context.Request.Headers["X-A"] = new(["fine", "not\nfine"]);

        Assert.Equal(RequestRefusal.HeaderValue, RequestGuard.Check(context));
    }

    [Theory]
    [InlineData("Content_Length", "5")]
    [InlineData("content_length", "5")]
    [InlineData("Transfer_Encoding", "chunked")]
    [InlineData("Transfer-Encoding", "gzip")]
    [InlineData("Transfer-Encoding", "gzip, chunked")]
    [InlineData("Transfer-Encoding", "chunked, chunked")]
    [InlineData("Transfer-Encoding", "xchunked")]
    [InlineData("Transfer-Encoding", "chunked ")]
    [InlineData("Transfer-Encoding", "identity")]
    [InlineData("Transfer-Encoding", "")]
    public void Check_AmbiguousFraming_IsRefused(string name, string value) => Assert.Equal(RequestRefusal.Framing, Check(name, value));

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("X-Content-Length")]
    public void Check_LengthBesideChunked_IsRefused(string name)
    {
        var context = SomeContext.Create("POST");
        context.Request.Headers.TransferEncoding = "chunked";
        context.Request.Headers[name] = "5";

        Assert.Equal(RequestRefusal.Framing, RequestGuard.Check(context));
    }

    [Fact]
    public void Check_HiddenLengthAlone_IsSomeHeader() => Assert.Equal(RequestRefusal.None, Check("X-Content-Length", "5"));

    [Fact]
    public void Check_TwoTransferEncodings_AreRefused()
    {
        var context = SomeContext.Create("POST");
        context.Request.Headers.TransferEncoding = new(["chunked", "chunked"]);

        Assert.Equal(RequestRefusal.Framing, RequestGuard.Check(context));
    }

    [Fact]
    public void Check_ChunkedOverHttp10_IsRefused()
    {
        var context = SomeContext.Create("POST");
        context.Request.Protocol = "HTTP/1.0";
        context.Request.Headers.TransferEncoding = "chunked";

        Assert.Equal(RequestRefusal.Framing, RequestGuard.Check(context));
    }

    [Theory]
    [InlineData("Connection", "close")]
    [InlineData("connection", "")]
    [InlineData("Keep-Alive", "timeout=5")]
    [InlineData("Proxy-Connection", "keep-alive")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Upgrade", "h2c")]
    [InlineData("TE", "gzip")]
    [InlineData("TE", "")]
    public void Check_ConnectionHeaderOverHttp2_IsRefused(string name, string value)
    {
        Assert.Equal(RequestRefusal.ConnectionHeader, Check(name, value, "HTTP/2"));
        Assert.NotEqual(RequestRefusal.ConnectionHeader, Check(name, value));
    }

    [Theory]
    [InlineData("TE", "trailers")]
    [InlineData("te", "Trailers")]
    [InlineData("Content-Length", "0")]
    [InlineData("X-Empty", "")]
    [InlineData("X-Upgrade", "1")]
    public void Check_SoundHeaderOverHttp2_Passes(string name, string value) => Assert.Equal(RequestRefusal.None, Check(name, value, "HTTP/2"));

    [Theory]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("\ta")]
    [InlineData("a\t")]
    [InlineData(" ")]
    public void Check_WhitespaceAroundAValueOverHttp2_IsRefused(string value)
    {
        Assert.Equal(RequestRefusal.HeaderValue, Check("X-A", value, "HTTP/2"));
        Assert.Equal(RequestRefusal.None, Check("X-A", value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(":80")]
    [InlineData(".")]
    [InlineData(".:80")]
    public void Check_HostThatNamesNone_IsRefused(string host)
    {
        foreach (var protocol in (string[])["HTTP/1.0", "HTTP/1.1", "HTTP/2"])
        {
            Assert.Equal(RequestRefusal.Host, Check("Host", host, protocol));
        }
    }

    [Theory]
    [InlineData("HTTP/1.0", nameof(RequestRefusal.None))]
    [InlineData("HTTP/1.1", nameof(RequestRefusal.Host))]
    [InlineData("HTTP/2", nameof(RequestRefusal.Host))]
    public void Check_NoHost_IsOfHttp10Alone(string protocol, string expected)
    {
        var context = SomeContext.Create();
        context.Request.Protocol = protocol;
        context.Request.Headers.Remove("Host");

        Assert.Equal(expected, RequestGuard.Check(context).ToString());
    }

    private static RequestRefusal Check(string name, string value, string protocol = "HTTP/1.1")
    {
        var context = SomeContext.Create("POST");
        context.Request.Protocol = protocol;
        context.Request.Headers[name] = value;
        return RequestGuard.Check(context);
    }

    private sealed class ExtendedConnect(bool isExtended) : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => isExtended;

        public string? Protocol => isExtended ? "websocket" : null;

        public ValueTask<Stream> AcceptAsync() => throw new NotSupportedException();
    }
}
