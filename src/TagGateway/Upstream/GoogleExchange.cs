using System.Net;
using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Responding;
using TagGateway.Routes;
using TagGateway.Sanitizing;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Upstream;

/// <summary>One request to Google and its answer: what YARP calls at its two ends.</summary>
/// <param name="request">The request.</param>
/// <param name="address">Where it goes.</param>
/// <param name="rewriter">Judges and rewrites scripts and pages.</param>
/// <param name="values">What instructions are filled with.</param>
/// <param name="time">The clock.</param>
/// <param name="mayAskAnother">A 4xx is not the last word: another host will be asked.</param>
internal sealed class GoogleExchange(GoogleRequest request, GoogleAddress address, AnswerRewriter rewriter, VisitorValues values, TimeProvider time, bool mayAskAnother) : HttpTransformer
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Null while there is no answer.</summary>
    public ForwardOutcome? Outcome { get; private set; }

    /// <summary>The answer was a 4xx, and nothing of it has gone to the browser.</summary>
    public bool ShouldAskAnother { get; private set; }

    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var (policy, region) = request.Target.Route is null
            ? (request.Site.Visitor, request.Visitor.Region.ToString())
            : (request.Site.Visitor.WithoutCookies, "");
        proxyRequest.RequestUri = address.Uri;
        RequestSanitizer.Apply(httpContext.Request.Headers, proxyRequest, policy, request.Visitor.Address, region);
        if (request.Kind == RequestKind.Script && !request.Site.IsFull)
        {
            // Of a script that is rewritten there are no parts.
            RequestSanitizer.ApplyRange(httpContext.Request.Headers, proxyRequest);
        }
        else if (request.Kind == RequestKind.Beacon && request.Site.IsFull)
        {
            // Instructions are read while they come.
            proxyRequest.Headers.Remove(HeaderNames.AcceptEncoding);
        }

        return ValueTask.CompletedTask;
    }

    /// <returns>False: whatever there was to pass on has been passed on.</returns>
    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        // A 101 that nobody asked for is no answer.
        if (proxyResponse is null or { StatusCode: HttpStatusCode.SwitchingProtocols })
        {
            return false;
        }

        var status = (int)proxyResponse.StatusCode;
        Outcome = status < 400 ? ForwardOutcome.Delivered : status < 500 ? ForwardOutcome.Refused : ForwardOutcome.UpstreamError;
        if (mayAskAnother && Outcome == ForwardOutcome.Refused)
        {
            ShouldAskAnother = true;
            return false;
        }

        if (Outcome == ForwardOutcome.UpstreamError && request.Elsewhere is not null)
        {
            await request.AnswerFailureAsync(httpContext, Outcome.Value);
            return false;
        }

        try
        {
            await PassOnAsync(httpContext, proxyResponse);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            if (!request.VisitorGone.IsCancellationRequested)
            {
                Outcome = ForwardOutcome.AnswerCutShort;
                await AnswerCutShortAsync(httpContext, hasStalled: error is OperationCanceledException);
            }
        }

        return false;
    }

    private async Task PassOnAsync(HttpContext context, HttpResponseMessage answer)
    {
        var isScript = IsScriptRoute && ScriptAnswer.IsScript(answer, context.Request.Method);
        if (isScript || IsRewrittenPage(context, answer))
        {
            await PassOnWholeAsync(context, answer, isScript);
            return;
        }

        CopyHeaders(context, answer);
        if (!HttpMethods.IsHead(context.Request.Method) && (int)answer.StatusCode is not (204 or 205 or 304))
        {
            await new AnswerBody(request, answer, values, time).CopyAsync(context);
        }
    }

    /// <summary>The tag gateway's paths are opaque: what they answer may be a script anywhere. Elsewhere what is no script's address runs nowhere.</summary>
    private bool IsScriptRoute => request.Target.Route?.Kind is null or RouteKind.Script or RouteKind.ScriptAnswer or RouteKind.Worker;

    private bool IsRewrittenPage(HttpContext context, HttpResponseMessage answer) =>
        request.Target.Route?.Kind is RouteKind.WorkerPage or RouteKind.NoScriptPage
        && answer.StatusCode == HttpStatusCode.OK && HttpMethods.IsGet(context.Request.Method);

    private async Task PassOnWholeAsync(HttpContext context, HttpResponseMessage answer, bool isScript)
    {
        var (body, outcome) = await ReadAsync(answer, context.Features.Get<MemoryLease>());
        using (body)
        {
            if (body is null)
            {
                Outcome = outcome == FetchOutcome.NoRoom ? ForwardOutcome.Shed : throw new IOException("The script is over the limit.");
                await request.AnswerFailureAsync(context, ForwardOutcome.Shed);
                return;
            }

            using var rewritten = await rewriter(request, context, answer, body, isScript);
            await (rewritten.Verdict.MayServe ? ServeAsync(context, answer, body, rewritten) : RefuseAsync(context, rewritten));
        }
    }

    /// <summary>The whole of it has to come within the time of one request, however it drips.</summary>
    private async Task<(PooledBuffer? Body, FetchOutcome Outcome)> ReadAsync(HttpResponseMessage answer, MemoryLease? lease)
    {
        // What a beacon uploads takes as long as its visitor does.
        var left = request.Site.Timeout - (request.Kind == RequestKind.Beacon && request.Body is null ? TimeSpan.Zero : time.GetElapsedTime(_start));
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, request.VisitorGone);
        await using var stream = await answer.Content.ReadAsStreamAsync(ending.Token);
        return await ScriptAnswer.ReadAsync(stream, answer.Content.Headers.ContentLength, lease, ending.Token);
    }

    private async Task ServeAsync(HttpContext context, HttpResponseMessage answer, PooledBuffer body, RewrittenAnswer rewritten)
    {
        CopyHeaders(context, answer);
        if (rewritten.Stored is { } stored)
        {
            AnswerHeaders.FitNewBody(context.Response.Headers, stored.Length);
            context.Response.Headers.ContentEncoding = ContentCodings.NameOf(rewritten.Coding);
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            await StoredAnswer.WriteAsync(context, stored);
            return;
        }

        if (rewritten.Own is { } own)
        {
            AnswerHeaders.FitNewBody(context.Response.Headers, own.Length);
        }

        await context.Response.Body.WriteAsync((rewritten.Own ?? body).Memory, request.VisitorGone);
    }

    private Task RefuseAsync(HttpContext context, RewrittenAnswer rewritten)
    {
        context.Response.Clear();
        Outcome = rewritten.IsShed ? ForwardOutcome.Shed : rewritten.Verdict.Elsewhere is null ? ForwardOutcome.UnreadableScript : ForwardOutcome.ForeignScript;
        return rewritten.Verdict.Elsewhere is { } elsewhere
            ? PlainAnswer.RedirectAsync(context, elsewhere)
            : request.AnswerFailureAsync(context, Outcome.Value);
    }

    private void CopyHeaders(HttpContext context, HttpResponseMessage answer)
    {
        AnswerHeaders.Copy(context, request.Target, answer);
        if (request.CacheStatus is not null)
        {
            context.Response.Headers[CacheStatus.Header] = request.CacheStatus;
        }
    }

    private Task AnswerCutShortAsync(HttpContext context, bool hasStalled)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not look whole.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return request.AnswerFailureAsync(context, hasStalled ? ForwardOutcome.TimedOut : ForwardOutcome.AnswerCutShort);
    }
}
