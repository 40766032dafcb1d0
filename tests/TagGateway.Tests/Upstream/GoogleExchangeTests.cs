using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class GoogleExchangeTests
{
    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/javascript")]
    public async Task TransformResponse_AnswerBreaksOffBeforeTheBrowserGotAny_Is502(string type)
    {
        var (exchange, context) = (Exchange(), SomeContext.Create());

        await exchange.TransformResponseAsync(context, Answer(new BrokenStream(), type), TestContext.Current.CancellationToken);

        Assert.Equal(ForwardOutcome.AnswerCutShort, exchange.Outcome);
        Assert.Equal((502, "bad gateway\n"), (context.Response.StatusCode, SomeContext.BodyOf(context)));
        Assert.Equal("text/plain; charset=utf-8", context.Response.ContentType);
    }

    [Fact]
    public async Task TransformResponse_AnswerBreaksOffHalfWay_AbortsTheConnection()
    {
        var (exchange, context) = (Exchange(), SomeContext.Create());
        var lifetime = new Lifetime();
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Features.Set<IHttpResponseFeature>(new Started());

        await exchange.TransformResponseAsync(context, Answer(new BrokenStream(), "text/plain"), TestContext.Current.CancellationToken);

        Assert.Equal(ForwardOutcome.AnswerCutShort, exchange.Outcome);
        Assert.Equal(1, lifetime.Aborts);
    }

    [Fact]
    public async Task TransformResponse_BrowserLeftMeanwhile_StaysDelivered()
    {
        var exchange = Exchange(isVisitorGone: true);

        await exchange.TransformResponseAsync(SomeContext.Create(), Answer(new BrokenStream(), "text/plain"), TestContext.Current.CancellationToken);

        Assert.Equal(ForwardOutcome.Delivered, exchange.Outcome);
    }

    [Fact]
    public async Task TransformResponse_NoAnswer_HasNoOutcome()
    {
        var exchange = Exchange();

        var goesOn = await exchange.TransformResponseAsync(SomeContext.Create(), null, TestContext.Current.CancellationToken);

        Assert.False(goesOn);
        Assert.Null(exchange.Outcome);
        Assert.False(exchange.ShouldAskAnother);
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    public async Task TransformResponse_AnswerWithoutABody_IsNotReadForOne(string method, int status)
    {
        var (exchange, context) = (Exchange(), SomeContext.Create(method));
        using var answer = Answer(new BrokenStream(), "text/plain");
        answer.StatusCode = (HttpStatusCode)status;

        await exchange.TransformResponseAsync(context, answer, TestContext.Current.CancellationToken);

        Assert.Equal(ForwardOutcome.Delivered, exchange.Outcome);
        Assert.Equal("", SomeContext.BodyOf(context));
    }

    [Theory]
    [InlineData("/_/service_worker/65j1/sw_iframe.html", false)]
    [InlineData("/_/service_worker/65j1/other.html", true)]
    [InlineData("/x/_/service_worker/65j1/sw_iframe.html", true)]
    [InlineData("/debug", true)]
    public async Task TransformResponse_Document_IsSandboxedUnlessItIsTheServiceWorkersFrame(string subPath, bool isSandboxed)
    {
        var (exchange, context) = (Exchange(subPath), SomeContext.Create());

        await exchange.TransformResponseAsync(context, Answer(new MemoryStream(Encoding.UTF8.GetBytes("<p>")), "text/html"), TestContext.Current.CancellationToken);

        Assert.Equal(isSandboxed, context.Response.Headers.ContentSecurityPolicy.Count > 0);
        Assert.Equal("<p>", SomeContext.BodyOf(context));
    }

    private static GoogleExchange Exchange(string subPath = "/x", bool isVisitorGone = false)
    {
        var target = new MeasurementTarget(SomeSite.Create(), SomeSite.DefaultPath + subPath, "");
        var visitor = new Visitor(IPAddress.Loopback, default, isViaTrustedProxy: false);
        var request = new GoogleRequest(target, visitor, RequestKind.Beacon, SomeSite.Tag("G-MAIN1"), null, new CancellationToken(isVisitorGone));
        var address = GoogleAddress.Of(request, target.Site.MainTag, ConnectTo.Nothing);
        return new GoogleExchange(request, address, (_, _, _, _, _) => Task.FromResult(RewrittenAnswer.AsItCame()), new VisitorValues(), TimeProvider.System, mayAskAnother: false);
    }

    private static HttpResponseMessage Answer(Stream body, string type)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("broke off");
    }

    private sealed class Started : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public int Aborts { get; private set; }

        public void Abort() => Aborts++;
    }
}
