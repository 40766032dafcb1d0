using System.Text;
using System.Text.Unicode;
using TagGateway.Caching;
using TagGateway.Operations;
using TagGateway.Rewriting;
using TagGateway.Routes;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Makes scripts and pages of Google's first-party for sites of full coverage: as templates for the cache, or whole for one visitor.</summary>
internal sealed class ScriptRewriting(VisitorValues values, RewriteLedger ledger, GatewayMetrics metrics, ILogger<ScriptRewriting> logger)
{
    /// <summary>A script takes tens of milliseconds of a processor, and anybody can ask for odd ones.</summary>
    private readonly Turns _turns = new();

    /// <summary>For the cache: what is the same for every visitor. False when the script stays as it came.</summary>
    /// <param name="load">Of what.</param>
    /// <param name="plain">Whole, not encoded.</param>
    /// <param name="template">Gets the template.</param>
    /// <param name="stop">The gateway stops.</param>
    public async Task<bool> TryRewriteAsync(ScriptLoad load, PooledBuffer plain, PooledBuffer template, CancellationToken stop)
    {
        if (!load.Fetch.Site.IsFull)
        {
            return false;
        }

        await _turns.TakeAsync(stop);
        try
        {
            return load.Fetch.IsVersioned
                ? load.Fetch.Route?.Kind == RouteKind.WorkerPage && TryRewritePage(plain.Span, template)
                : TryRewriteScript(load.Fetch, ScriptRequest.LayerOf(load.Fetch.Query), plain.Span, template);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>For one visitor: what is passed on uncached. See <see cref="AnswerRewriter"/>.</summary>
    public async Task<byte[]?> RewriteAsync(Site site, HttpContext context, PooledBuffer plain)
    {
        var target = context.Features.Get<MeasurementTarget>();
        var writesRegion = target?.Route is not null;
        if (!site.IsFull || values.Find(context, site, writesRegion) is not { } filling)
        {
            return null;
        }

        // In a flood it stays as it came: better than none.
        if (!await _turns.TryTakeAsync(context.RequestAborted))
        {
            return null;
        }

        try
        {
            return Rewrite(plain.Span, ScriptRequest.LayerOf(target?.Query), filling, writesRegion);
        }
        finally
        {
            _turns.Release();
        }
    }

    private static byte[]? Rewrite(ReadOnlySpan<byte> plain, string? layer, TemplateValues filling, bool writesRegion)
    {
        using var template = new PooledBuffer();
        var isRewritten = plain.TrimStart(" \t\r\n"u8).StartsWith("<"u8)
            ? TryRewritePage(plain, template)
            : ScriptRewriter.Rewrite(plain, layer, writesRegion, template).Outcome != RewriteOutcome.Untouched;
        if (!isRewritten)
        {
            return null;
        }

        using var filled = new PooledBuffer();
        return ScriptTemplate.TryRender(template.Span, filling, filled) ? filled.Span.ToArray() : null;
    }

    private bool TryRewriteScript(ScriptFetch fetch, string? layer, ReadOnlySpan<byte> plain, PooledBuffer template)
    {
        var rewrite = ScriptRewriter.Rewrite(plain, layer, replacesRegion: fetch.Route is not null, template);
        metrics.ScriptRewritten(fetch.Site.Name, rewrite);
        ledger.Add(fetch.Site.Name, fetch.Tag.ToString(), rewrite);
        switch (rewrite.Outcome)
        {
            case RewriteOutcome.Reduced:
                logger.ScriptReduced(fetch.Site.Name, fetch.Tag, rewrite.Release, rewrite.Doubt);
                break;
            case RewriteOutcome.Untouched:
                logger.ScriptUntouched(fetch.Site.Name, fetch.Tag, rewrite.Release, rewrite.Doubt);
                break;
            default:
                break;
        }

        return rewrite.Outcome != RewriteOutcome.Untouched;
    }

    private static bool TryRewritePage(ReadOnlySpan<byte> plain, PooledBuffer template)
    {
        if (!Utf8.IsValid(plain))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(plain);
        var edits = TextAddresses.FindInPage(text);
        return edits.Count > 0 && TemplateWriter.TryWrite(plain, text, edits, template);
    }
}
