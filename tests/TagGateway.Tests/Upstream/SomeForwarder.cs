using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Testing;
using TagGateway.Configuration;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Sites;
using TagGateway.TagScripts;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

/// <summary>The gateway's forwarder to Google, with <see cref="Yarp"/> in YARP's place: nothing goes over a network.</summary>
internal sealed class SomeForwarder : IDisposable
{
    private readonly TestMetrics _metrics = new();

    public SomeForwarder(CurrentSettings? settings = null) =>
        Forwarder = new GoogleForwarder(Yarp, new UpstreamClients(), Hosts, new ScriptGuard(Knowledge).Judge, (site, context, script) => Rewriter?.Invoke(site, context, script) ?? Task.FromResult<byte[]?>(null), new VisitorValues(), settings ?? SomeSettings.Create(), _metrics.Gateway, Logger);

    /// <summary>Null: nothing is rewritten.</summary>
    public AnswerRewriter? Rewriter { get; set; }

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

    public void Dispose() => _metrics.Dispose();
}
