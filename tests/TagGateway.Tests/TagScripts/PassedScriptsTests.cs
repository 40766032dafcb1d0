using System.Buffers;
using System.Net;
using System.Text;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Tests.Limits;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.TagScripts;

/// <summary>Scripts that are passed on: read for one visitor, unless their bytes are known already.</summary>
public sealed class PassedScriptsTests : IDisposable
{
    private const string Script =
        "(function(){window.google_tag_manager={};var data={\"blob\":{\"3\":\"www.googletagmanager.com\",\"5\":\"G-MAIN1\"}};"
        + "fetch(\"https://www.google-analytics.com/g/collect?v=2\");load(\"https://\"+data.blob[\"3\"]+\"/gtag/js\");})();";

    private const string Moved = "http://shop.example/f807/-/www.google-analytics.com/g/collect?v=2";
    private static readonly WorkAccount Made = new(CpuLane.Untrusted, ClientKey.Of(IPAddress.Parse("203.0.113.9")));
    private static readonly WorkAccount Ordinary = new(CpuLane.Ordinary, null);
    private readonly SomePassed _passed = new();
    private readonly Site _site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true, hosts: ["shop.example"]);

    public void Dispose() => _passed.Dispose();

    [Fact]
    public async Task Rewrite_DebuggingSession_IsRewrittenForItAloneAndKeptForNobody()
    {
        using var rewritten = await RewriteAsync(Made);

        Assert.Contains(Moved, Encoding.UTF8.GetString(rewritten.Own!.Span), StringComparison.Ordinal);
        Assert.Equal(0, _passed.Memory.Count);
    }

    [Theory]
    [InlineData("", "identity")]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    public async Task Rewrite_BytesThatAreKnown_CostNoReading(string accepted, string coding)
    {
        (await RewriteAsync(Ordinary)).Dispose();
        using var rewritten = await RewriteAsync(Made, accepted);
        while (_passed.Work.Work.TrySpend(Made, 1))
        {
        }

        using var again = await RewriteAsync(Made, accepted);
        using var plain = new PooledBuffer();

        Assert.True(Compression.TryDecode(rewritten.Coding, rewritten.Stored!.Memory.Span, int.MaxValue, plain));
        Assert.Equal(coding, ContentCodings.NameOf(rewritten.Coding) ?? "identity");
        Assert.Contains(Moved, Encoding.UTF8.GetString(plain.Span), StringComparison.Ordinal);
        Assert.Same(rewritten.Stored, again.Stored);
    }

    [Fact]
    public async Task Rewrite_LoadThatForbidsKeeping_IsKeptForNobody()
    {
        (await RewriteAsync(Ordinary, cacheControl: "no-store")).Dispose();

        Assert.Equal(0, _passed.Memory.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rewrite_ClientThatHasHadItsShare_IsShedAndNeverServedUnread(bool isFull)
    {
        while (_passed.Work.Work.TrySpend(Made, 1))
        {
        }

        using var rewritten = await RewriteAsync(Made, site: SomeSite.Create(scripts: SomeScripts.Policy, isFull: isFull));

        Assert.Equal((true, false), (rewritten.IsShed, rewritten.Verdict.MayServe));
    }

    [Fact]
    public async Task Rewrite_NoRoom_IsShedAndNothingIsHeld()
    {
        var budget = SomeLimits.Budget(4 * SomeLimits.MegaByte);
        using var others = new MemoryLease(budget, client: null);
        Assert.True(others.TryTake(3 * SomeLimits.MegaByte));
        using var lease = new MemoryLease(budget, client: null);

        using var rewritten = await RewriteAsync(Made, lease: lease, padding: 300_000);

        Assert.True(rewritten.IsShed);
        Assert.Equal(3 * SomeLimits.MegaByte, budget.Bytes);
    }

    private async Task<RewrittenAnswer> RewriteAsync(
        WorkAccount account, string accepted = "", string cacheControl = "private", Site? site = null, MemoryLease? lease = null, int padding = 0)
    {
        var visitor = new Visitor(IPAddress.Loopback, default, isViaTrustedProxy: false);
        var request = new GoogleRequest(new MeasurementTarget(site ?? _site, SomeSite.DefaultPath + "/", ""), visitor, RequestKind.Script, _site.MainTag, null, default) { Account = account };
        var context = SomeContext.Create();
        context.Features.Set(visitor);
        context.Features.Set(lease);
        context.Request.Headers.AcceptEncoding = accepted;
        using var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
        answer.Headers.TryAddWithoutValidation("Cache-Control", cacheControl);
        using var body = new PooledBuffer();
        body.Write(Encoding.UTF8.GetBytes(Script + new string(' ', padding)));
        return await _passed.Scripts.RewriteAsync(request, context, answer, body, isScript: true);
    }
}
