using System.Net;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Html;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Sites;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Pages;

/// <summary>One request of a site whose pages may be rewritten, from what the website is asked to what the visitor gets. A feature of the request.</summary>
/// <param name="rules">The site's.</param>
/// <param name="request">The request.</param>
/// <param name="patience">How long the website, or the visitor, may be without any progress.</param>
/// <param name="metrics">Counts.</param>
/// <param name="logger">Gets a line for each page.</param>
internal sealed class PageExchange(PageRules rules, SiteRequest request, TimeSpan patience, GatewayMetrics metrics, ILogger logger)
{
    private readonly string _site = request.Site.Name;
    private bool _isForPiece;
    private PageETag? _asked;

    private string Fingerprint => _isForPiece ? rules.FingerprintOfPieces : rules.Fingerprint;

    /// <summary>Before the request is copied.</summary>
    /// <param name="headers">The visitor's; become what the website is asked by.</param>
    public void FitRequest(IHeaderDictionary headers)
    {
        _isForPiece = PageRequest.IsForPiece(headers);
        if (!rules.Covers(request.Target.Path))
        {
            FitForeignRequest(headers);
        }
        else if (PageRequest.IsForPage(headers))
        {
            _asked = PageRequest.Fit(headers, Fingerprint);
        }
    }

    /// <summary>Of a site or path whose pages pass untouched: they may have been rewritten yesterday.</summary>
    /// <param name="headers">The visitor's; become what the website is asked by.</param>
    public static void FitForeignRequest(IHeaderDictionary headers)
    {
        if (PageRequest.IsAboutRewritten(headers))
        {
            PageRequest.RemoveValidators(headers);
        }
    }

    /// <summary>After the answer's head is copied. True when all that is to be passed on has been.</summary>
    /// <param name="context">The request; its response has not begun.</param>
    /// <param name="answer">The website's.</param>
    /// <param name="isSwitchedOff">The website wants it left as it is.</param>
    /// <exception cref="IOException">Nothing has come of the body.</exception>
    public async ValueTask<bool> TryPassOnAsync(HttpContext context, HttpResponseMessage answer, bool isSwitchedOff)
    {
        var headers = context.Response.Headers;
        if (answer.StatusCode == HttpStatusCode.NotModified && _asked is { } asked)
        {
            PageHeaders.FitUnchanged(headers, asked);
            PageLinks.Fit(headers, rules.Tags);
            return true;
        }

        if (PageGate.Judge(rules, request.Target.Path, (int)answer.StatusCode, headers, isSwitchedOff) is not { } reason)
        {
            return false;
        }

        if (reason != PageReason.None)
        {
            Count(PageOutcome.Left, 0, reason);
            return false;
        }

        _ = PageCodings.TryParse(headers.ContentEncoding, out var came); // judged
        var leaves = Affordable(PageCodings.Leaving(came, context.Request.Headers.AcceptEncoding), context);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            FitAnswer(headers, came, leaves);
            return true;
        }

        await PassOnAsync(context, answer, came, leaves);
        return true;
    }

    /// <summary>An encoder takes far more memory than a page's bytes: where its client holds much already the page leaves as it is.</summary>
    private static PageCoding Affordable(PageCoding leaves, HttpContext context)
    {
        var bytes = PageEncoder.MemoryBytes(leaves);
        return bytes == 0 || context.Features.GetRequiredFeature<MemoryLease>().TakeUpTo(bytes, least: 0) == bytes ? leaves : PageCoding.Identity;
    }

    private async Task PassOnAsync(HttpContext context, HttpResponseMessage answer, PageCoding came, PageCoding leaves)
    {
        using var rewriter = new PageRewriter(Plan(context));
        try
        {
            // The connection is only given up when the visitor leaves or somebody is silent for too long: PageBody sees to it.
            await using var source = await answer.Content.ReadAsStreamAsync(CancellationToken.None);
            var lease = context.Features.GetRequiredFeature<MemoryLease>();
            await using var body = new PageBody(
                source, answer.Content.Headers.ContentLength, context, rewriter, came, lease, patience, () => context.Features.Get<OriginResponse>()?.Release());
            await body.CopyAsync(leaves, () => FitAnswer(context.Response.Headers, came, leaves));
            metrics.PageScanned(_site, body.Scanned, body.Spent);
        }
        catch (Exception error) when (context.Response.HasStarted || error is not (IOException or HttpRequestException or OperationCanceledException))
        {
            // Half a page must not look whole.
            Fail(context, error);
            context.Abort();
            return;
        }

        var findings = rewriter.Findings;
        Count(findings.IsInjected ? PageOutcome.Injected : findings.Rewritten > 0 ? PageOutcome.Rewritten : PageOutcome.Left, findings.Rewritten, findings.Reason);
    }

    private void FitAnswer(IHeaderDictionary headers, PageCoding came, PageCoding leaves)
    {
        PageHeaders.Fit(headers, Fingerprint, came, leaves);
        PageLinks.Fit(headers, rules.Tags);
    }

    private PagePlan Plan(HttpContext context)
    {
        var headers = context.Response.Headers;
        PageCharset.IsReadable(headers.ContentType.ToString(), out var namesCharset);
        var visitor = context.Features.GetRequiredFeature<Visitor>();
        return new PagePlan(rules.Tags, ContentPolicies.Parse(headers.ContentSecurityPolicy))
        {
            MayInject = !_isForPiece && context.Response.StatusCode < StatusCodes.Status400BadRequest,
            NamesCharset = namesCharset,
            Origin = VisitorOrigin.TryRead(context, visitor, out var scheme, out var host) ? $"{scheme}://{host}" : null,
        };
    }

    private void Count(PageOutcome outcome, int rewritten, PageReason reason)
    {
        metrics.PageAnswered(_site, outcome, reason);
        logger.PagePassed(_site, request.Target.Path, outcome, rewritten, reason);
    }

    private void Fail(HttpContext context, Exception error)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            metrics.PageAbandoned(_site);
            return;
        }

        if (error is IOException or HttpRequestException or OperationCanceledException)
        {
            metrics.PageFailed(_site, error is OperationCanceledException ? ForwarderError.ResponseBodyCanceled : ForwarderError.ResponseBodyDestination, problem: null);
            logger.PageCut(_site, request.Target.Path, error.Message);
            return;
        }

        // The rewriter answers for its own faults and never throws; what it held when it does is lost.
        metrics.PageAnswered(_site, PageOutcome.Left, PageReason.Fault);
        logger.PageFaulty(error, _site);
    }
}
