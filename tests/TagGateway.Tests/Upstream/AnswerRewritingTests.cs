using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TagGateway.Receiving;
using TagGateway.Routes;
using TagGateway.Sites;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

/// <summary>Scripts and pages that are passed on uncached are rewritten whole, on sites of full coverage alone.</summary>
public sealed class AnswerRewritingTests : IDisposable
{
    private const string Former = "send('https://www.google.com/x')";
    private const string Newer = "send('https://shop.example/f807/-/www.google.com/x')";
    private static readonly string[] OfTheBytes = ["ETag", "Content-MD5", "Content-Encoding", "Accept-Ranges"];
    private readonly SomeForwarder _google = new();

    public AnswerRewritingTests() => _google.Rewriter = (_, context, script) =>
    {
        Assert.Equal("shop.example", context.Request.Host.Host);
        return Encoding.UTF8.GetString(script.Span).Replace("https://", "https://shop.example/f807/-/", StringComparison.Ordinal);
    };

    public void Dispose() => _google.Dispose();

    [Theory]
    [InlineData("googleads.g.doubleclick.net/pagead/viewthroughconversion/1/", "text/javascript")]
    [InlineData("www.googletagmanager.com/gtag/js", "application/javascript")]
    [InlineData("www.googletagmanager.com/static/service_worker/5a/sw.js", "text/javascript")]
    [InlineData("www.googletagmanager.com/static/service_worker/5a/sw_iframe.html", "text/html")]
    [InlineData("www.googletagmanager.com/ns.html", "text/html; charset=utf-8")]
    [InlineData(null, "text/javascript")]
    public async Task Forward_ScriptOrPageOfFullCoverage_IsRewritten(string? rest, string type)
    {
        Answer(type);

        var context = await ForwardAsync(rest, isFull: true);

        Assert.Equal(Newer, SomeContext.BodyOf(context));
        Assert.Equal(Newer.Length, context.Response.ContentLength);
        Assert.DoesNotContain(context.Response.Headers, header => OfTheBytes.Contains(header.Key));
        Assert.Equal(type, context.Response.ContentType);
    }

    [Theory]
    [InlineData("www.google.com/ccm/collect", true, "text/javascript", 200)]
    [InlineData("www.google.com/ccm/collect", true, "text/plain", 200)]
    [InlineData("1.fls.doubleclick.net/activityi;src=1", true, "text/html", 200)]
    [InlineData("www.googletagmanager.com/ns.html", true, "text/html", 404)]
    [InlineData(null, true, "text/html", 200)]
    [InlineData(null, false, "text/javascript", 200)]
    public async Task Forward_AnythingElse_IsAsItCame(string? rest, bool isFull, string type, int status)
    {
        _google.Answer((HttpStatusCode)status, Former, type);

        var context = await ForwardAsync(rest, isFull);

        Assert.Equal(Former, SomeContext.BodyOf(context));
    }

    [Fact]
    public async Task Forward_NothingToRewrite_KeepsTheBytesAndTheirHeaders()
    {
        _google.Rewriter = null;
        Answer("text/javascript");

        var context = await ForwardAsync("www.googletagmanager.com/gtag/js", isFull: true);

        Assert.Equal("gzip", context.Response.Headers.ContentEncoding);
        Assert.Equal("\"x\"", context.Response.Headers.ETag);
    }

    [Fact]
    public async Task Forward_ForeignScript_IsNotEvenRewritten()
    {
        _google.Answer(HttpStatusCode.OK, """{"entities":1,"blob":{"5":"G-EVIL"}}""", "text/javascript");

        var context = await ForwardAsync("googleads.g.doubleclick.net/pagead/viewthroughconversion/1/", isFull: true);

        Assert.Equal((302, "https://www.googletagmanager.com/gtag/js?id=G-EVIL"), (context.Response.StatusCode, context.Response.Headers.Location.ToString()));
    }

    private void Answer(string type) => _google.Yarp.Answers.Enqueue(() =>
    {
        var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Former));
        }

        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body.ToArray()) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        answer.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        answer.Content.Headers.TryAddWithoutValidation("Content-MD5", "x");
        answer.Headers.TryAddWithoutValidation("ETag", "\"x\"");
        answer.Headers.TryAddWithoutValidation("Accept-Ranges", "bytes");
        return answer;
    });

    /// <param name="rest">Host and path; null: to the tag gateway.</param>
    /// <param name="isFull">The site's coverage.</param>
    private async Task<HttpContext> ForwardAsync(string? rest, bool isFull)
    {
        GoogleRoute? route = null;
        Assert.True(rest is null || HostRoutes.TryFind(rest, out route));
        var target = new MeasurementTarget(SomeSite.Create(isFull: isFull), $"{SomeSite.DefaultPath}/{(rest is null ? "x" : "-/" + rest)}", "") { Route = route };
        var context = SomeContext.Create();
        context.Features.Set(new Visitor(null, default, isViaTrustedProxy: false));
        await _google.Forwarder.ForwardAsync(context, new GoogleRequest(target, new Visitor(null, default, false), RequestKind.Beacon, target.Site.MainTag, null, default));
        return context;
    }
}
