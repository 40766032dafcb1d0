using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TagGateway.Caching;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Tests.Limits;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.TagScripts;

/// <summary>What judges and rewrites the scripts that are passed on.</summary>
internal sealed class SomePassed : IDisposable
{
    private readonly TestMetrics _metrics = new();

    /// <param name="knowledge">Of the sites.</param>
    /// <param name="work">Of the process; null: with room for all.</param>
    public SomePassed(KnowledgeTable? knowledge = null, SomeWork? work = null)
    {
        Work = work ?? new SomeWork();
        Memory = new MemoryStore(() => 64 * 1024 * 1024);
        var guard = new ScriptGuard(knowledge ?? new KnowledgeTable());
        var rewriting = new ScriptRewriting(new RewriteLedger(TimeProvider.System), _metrics.Gateway, NullLogger<ScriptRewriting>.Instance);
        Scripts = new PassedScripts(
            new ScriptReader(Memory, guard, rewriting, Work.Lanes, Work.Work), Memory, new Variants(Memory, Work.Lanes, Work.Work, Work.Leases), new VisitorValues());
    }

    public SomeWork Work { get; }

    public MemoryStore Memory { get; }

    public PassedScripts Scripts { get; }

    /// <summary>What is decided of a script that came for the site's main tag.</summary>
    public async Task<ScriptVerdict> JudgeAsync(Site site, HttpResponseMessage answer, ReadOnlyMemory<byte> script)
    {
        var request = new GoogleRequest(
            new MeasurementTarget(site, SomeSite.DefaultPath + "/", ""), new Visitor(IPAddress.Loopback, default, isViaTrustedProxy: false), RequestKind.Script, site.MainTag, null, default);
        using var body = new PooledBuffer();
        script.Span.CopyTo(body.GetSpan(script.Length));
        body.Advance(script.Length);
        using var rewritten = await Scripts.RewriteAsync(request, SomeContext.Create(), answer, body, isScript: true);
        return rewritten.Verdict;
    }

    public void Dispose()
    {
        _metrics.Dispose();
        Work.Dispose();
    }
}
