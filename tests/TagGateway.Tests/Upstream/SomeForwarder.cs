using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Testing;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Sites;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Sites;
using TagGateway.Tests.TagScripts;
using TagGateway.TagScripts;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

/// <summary>The gateway's forwarder to Google, with <see cref="Yarp"/> in YARP's place: nothing goes over a network.</summary>
internal sealed class SomeForwarder : IDisposable
{
    private readonly TestMetrics _metrics = new();

    private readonly SomePassed _passed;

    public SomeForwarder(CurrentSettings? settings = null, TimeProvider? time = null)
    {
        _passed = new SomePassed(Knowledge);
        Forwarder = new GoogleForwarder(
            Yarp, new UpstreamClients(), Hosts, RewriteAsync, new VisitorValues(), settings ?? SomeSettings.Create(), _metrics.Gateway, time ?? TimeProvider.System, Logger);
    }

    /// <summary>Makes another script of a plain one that has been judged already; null: nothing is rewritten.</summary>
    public Func<Site, HttpContext, PooledBuffer, string>? Rewriter { get; set; }

    public FakeForwarder Yarp { get; } = new();

    public TagHosts Hosts { get; } = new();

    public KnowledgeTable Knowledge { get; } = new();

    public FakeLogger<GoogleForwarder> Logger { get; } = new();

    public TestMetrics Metrics => _metrics;

    public GoogleForwarder Forwarder { get; }

    /// <summary>The addresses that were asked, in order.</summary>
    public IEnumerable<string> Asked => Yarp.Sent.Select(request => request.RequestUri?.OriginalString ?? "");

    public void Answer(HttpStatusCode status, string body = "", string? type = null) => Yarp.Answers.Enqueue(() =>
    {
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        _ = type is not null && answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    });

    public void Dispose()
    {
        _metrics.Dispose();
        _passed.Dispose();
    }

    private async Task<RewrittenAnswer> RewriteAsync(GoogleRequest request, HttpContext context, HttpResponseMessage answer, PooledBuffer body, bool isScript)
    {
        var rewritten = await _passed.Scripts.RewriteAsync(request, context, answer, body, isScript);
        if (!rewritten.Verdict.MayServe)
        {
            return rewritten;
        }

        rewritten.Dispose();
        if (!request.Site.IsFull || answer.StatusCode != HttpStatusCode.OK || Rewriter is not { } rewrite)
        {
            return RewrittenAnswer.AsItCame();
        }

        using var plain = new PooledBuffer();
        Assert.True(ContentCodings.TryParse(answer.Content.Headers.ContentEncoding.ToString(), out var coding) && Compression.TryDecode(coding, body.Span, int.MaxValue, plain));
        var own = new PooledBuffer();
        own.Write(Encoding.UTF8.GetBytes(rewrite(request.Site, context, plain)));
        return new RewrittenAnswer(ScriptVerdict.Serve) { Own = own };
    }
}
