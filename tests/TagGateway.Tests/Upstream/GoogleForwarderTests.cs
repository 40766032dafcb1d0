using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Tests.Upstream;

public sealed class GoogleForwarderTests : IDisposable
{
    private const string Main = "https://G-MAIN1.fps.goog/f807/x?y=%2526";
    private const string Other = "https://G-OTHER2.fps.goog/f807/x?y=%2526";
    private readonly Site _site = SomeSite.Create(tags: ["G-MAIN1", "G-OTHER2"]);
    private readonly SomeForwarder _google = new();

    public void Dispose() => _google.Dispose();

    [Theory]
    [InlineData(200, "delivered")]
    [InlineData(204, "delivered")]
    [InlineData(302, "delivered")]
    [InlineData(304, "delivered")]
    [InlineData(400, "refused")]
    [InlineData(404, "refused")]
    [InlineData(500, "upstream_error")]
    [InlineData(503, "upstream_error")]
    public async Task Forward_Answer_IsPassedOnAndCounted(int status, string outcome)
    {
        using var requests = _google.Metrics.Collect("taggateway.upstream.requests");
        _google.Answer((HttpStatusCode)status, "of Google");

        var context = await ForwardAsync("G-MAIN1");

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status is 204 or 304 ? "" : "of Google", SomeContext.BodyOf(context));
        Assert.Equal([Main], _google.Asked);
        Assert.Equal([$"1 kind=beacon outcome={outcome} site=shop"], TestMetrics.Lines(requests));
        Assert.Equal(outcome == "upstream_error", _google.Logger.Collector.GetSnapshot().Any(record => record.Id.Id == 1500));
    }

    [Theory]
    [InlineData(nameof(ForwarderError.Request), 502, 502, "unreachable", "bad gateway\n")]
    [InlineData(nameof(ForwarderError.RequestTimedOut), 504, 504, "timed_out", "gateway timeout\n")]
    [InlineData(nameof(ForwarderError.RequestBodyDestination), 504, 504, "timed_out", "gateway timeout\n")]
    [InlineData(nameof(ForwarderError.RequestBodyClient), 413, 413, "body_too_large", "request body too large\n")]
    [InlineData(nameof(ForwarderError.RequestBodyClient), 400, 400, "body_incomplete", "bad request\n")]
    [InlineData(nameof(ForwarderError.RequestBodyCanceled), 502, 400, "body_incomplete", "bad request\n")]
    [InlineData(nameof(ForwarderError.NoAvailableDestinations), 503, 502, "unreachable", "bad gateway\n")]
    public async Task Forward_NoAnswer_IsTheGatewaysOwnAndCounted(string error, int yarpsStatus, int status, string outcome, string body)
    {
        using var requests = _google.Metrics.Collect("taggateway.upstream.requests");
        _google.Yarp.Failure = (Enum.Parse<ForwarderError>(error), yarpsStatus);

        var context = await ForwardAsync("G-MAIN1");

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(body, SomeContext.BodyOf(context));
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        Assert.Equal([$"1 kind=beacon outcome={outcome} site=shop"], TestMetrics.Lines(requests));
    }

    [Fact]
    public async Task Forward_FurtherTagTheMainHostTakes_IsAskedThereAlone()
    {
        _google.Answer(HttpStatusCode.NoContent);

        await ForwardAsync("G-OTHER2");

        Assert.Equal([Main], _google.Asked);
        Assert.Equal("G-MAIN1", _google.Hosts.Find(_site, SomeSite.Tag("G-OTHER2")).ToString());
    }

    [Fact]
    public async Task Forward_FurtherTagTheMainHostRefuses_IsAskedOfItsOwnAndRemembered()
    {
        using var requests = _google.Metrics.Collect("taggateway.upstream.requests");
        _google.Answer(HttpStatusCode.NotFound, "refused");
        _google.Answer(HttpStatusCode.OK, "taken");
        _google.Answer(HttpStatusCode.OK, "again");

        var first = await ForwardAsync("G-OTHER2");
        var second = await ForwardAsync("G-OTHER2");

        Assert.Equal([Main, Other, Other], _google.Asked);
        Assert.Equal((200, "taken"), (first.Response.StatusCode, SomeContext.BodyOf(first)));
        Assert.Equal("again", SomeContext.BodyOf(second));
        Assert.Equal(2, TestMetrics.Lines(requests).Count(line => line == "1 kind=beacon outcome=delivered site=shop"));
    }

    [Fact]
    public async Task Forward_FurtherTagBothRefuse_IsRefusedAndNotRemembered()
    {
        _google.Answer(HttpStatusCode.NotFound, "one");
        _google.Answer(HttpStatusCode.BadRequest, "two");

        var context = await ForwardAsync("G-OTHER2");

        Assert.Equal((400, "two"), (context.Response.StatusCode, SomeContext.BodyOf(context)));
        Assert.Equal("G-MAIN1", _google.Hosts.Find(_site, SomeSite.Tag("G-OTHER2")).ToString());
    }

    [Fact]
    public async Task Forward_OwnHostRefusesLater_IsForgotten()
    {
        _google.Hosts.Remember(_site, SomeSite.Tag("G-OTHER2"));
        _google.Answer(HttpStatusCode.NotFound);

        await ForwardAsync("G-OTHER2");

        Assert.Equal([Other], _google.Asked);
        Assert.Equal("G-MAIN1", _google.Hosts.Find(_site, SomeSite.Tag("G-OTHER2")).ToString());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    public async Task Forward_FurtherTagAnythingButARefusal_IsNotAskedTwice(int status)
    {
        _google.Answer((HttpStatusCode)status);

        var context = await ForwardAsync("G-OTHER2");

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal([Main], _google.Asked);
    }

    [Fact]
    public async Task Forward_StreamedBody_IsNotSentTwice()
    {
        _google.Answer(HttpStatusCode.NotFound, "refused");
        var context = Context();
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new StreamedBody());

        await _google.Forwarder.ForwardAsync(context, Request("G-OTHER2"));

        Assert.Equal(404, context.Response.StatusCode);
        Assert.Equal([Main], _google.Asked);
    }

    [Fact]
    public async Task Forward_BodyReadFirst_IsSentWholeToBothHosts()
    {
        _google.Answer(HttpStatusCode.NotFound);
        _google.Answer(HttpStatusCode.NoContent);
        var context = Context();
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new StreamedBody());

        await _google.Forwarder.ForwardAsync(context, Request("G-OTHER2") with { Body = [1, 2, 3] });

        Assert.Equal([Main, Other], _google.Asked);
        Assert.Equal((0L, 3L), (context.Request.Body.Position, context.Request.Body.Length));
    }

    [Fact]
    public async Task Forward_RequestToGoogle_TellsOfTheVisitorWhatMayBeTold()
    {
        _google.Answer(HttpStatusCode.NoContent);
        var context = Context();
        context.Request.Headers.Cookie = "session=secret; _ga=1";
        context.Request.Headers.Authorization = "Basic secret";

        await _google.Forwarder.ForwardAsync(context, Request("G-MAIN1"));

        Assert.Equal(
            ["Cookie: _ga=1", "X-Forwarded-CountryRegion: US-CA", "X-Forwarded-For: 203.0.113.9"],
            _google.Yarp.Sent[0].Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Forward_ConnectToNamesTheHost_KeepsTheHostAndTakesItsScheme()
    {
        var settings = SomeSettings.Create();
        settings.Value = settings.Value with { ConnectTo = new ConnectTo(new Dictionary<string, Uri> { ["*.fps.goog"] = new("http://127.0.0.1:1") }) };
        using var google = new SomeForwarder(settings);
        google.Answer(HttpStatusCode.NoContent);

        await google.Forwarder.ForwardAsync(Context(), Request("G-MAIN1"));

        Assert.Equal(["http://G-MAIN1.fps.goog/f807/x?y=%2526"], google.Asked);
    }

    [Fact]
    public async Task Forward_UnreadableScript_Is502()
    {
        using var requests = _google.Metrics.Collect("taggateway.upstream.requests");
        _google.Answer(HttpStatusCode.OK, "{\"blob\":{\"5\":\"?\"}}", "text/javascript");

        var context = await ForwardAsync("G-MAIN1");

        Assert.Equal((502, "bad gateway\n"), (context.Response.StatusCode, SomeContext.BodyOf(context)));
        Assert.Equal(["1 kind=beacon outcome=unreadable_script site=shop"], TestMetrics.Lines(requests));
    }

    private static DefaultHttpContext Context() => SomeContext.Create("POST", "/f807/x?y=%2526");

    private GoogleRequest Request(string tag) => new(
        new MeasurementTarget(_site, "/f807/x", "?y=%2526"), new Visitor(IPAddress.Parse("203.0.113.9"), Region("US-CA"), false), RequestKind.Beacon, SomeSite.Tag(tag), null, default);

    private static Region Region(string text) => TagGateway.Receiving.Region.TryParse(text, out var region) ? region : throw new ArgumentException(text);

    private async Task<DefaultHttpContext> ForwardAsync(string tag)
    {
        var context = Context();
        await _google.Forwarder.ForwardAsync(context, Request(tag));
        return context;
    }

    private sealed class StreamedBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
