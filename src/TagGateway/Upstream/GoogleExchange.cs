using System.Buffers;
using System.Net;
using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Responding;
using TagGateway.Sanitizing;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Upstream;

/// <summary>One request to Google and its answer: what YARP calls at its two ends. Bodies of answers are copied here rather than by YARP,
/// for its single timeout also runs while a slow visitor reads.</summary>
/// <param name="request">The request.</param>
/// <param name="prefix">Scheme and host: <c>https://g-abc123.fps.goog</c>.</param>
/// <param name="judge">Of script answers.</param>
/// <param name="mayAskAnother">A 4xx is not the last word: another host will be asked.</param>
internal sealed class GoogleExchange(GoogleRequest request, string prefix, ScriptJudge judge, bool mayAskAnother) : HttpTransformer
{
    private const int CopyBufferBytes = 16 * 1024;

    /// <summary>Null while there is no answer.</summary>
    public ForwardOutcome? Outcome { get; private set; }

    /// <summary>The answer was a 4xx, and nothing of it has gone to the browser.</summary>
    public bool ShouldAskAnother { get; private set; }

    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        proxyRequest.RequestUri = RawUri.Create(prefix, request.Target.Path, request.Target.Query);
        RequestSanitizer.Apply(httpContext.Request.Headers, proxyRequest, request.Site.Visitor, request.Visitor.Address, request.Visitor.Region.ToString());
        if (request.Kind == RequestKind.Script)
        {
            RequestSanitizer.ApplyRange(httpContext.Request.Headers, proxyRequest);
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
        if (ScriptAnswer.IsScript(answer, context.Request.Method))
        {
            await PassOnScriptAsync(context, answer);
            return;
        }

        CopyHeaders(context, answer);
        if (!HttpMethods.IsHead(context.Request.Method) && (int)answer.StatusCode is not (204 or 205 or 304))
        {
            await CopyBodyAsync(context, answer);
        }
    }

    private async Task PassOnScriptAsync(HttpContext context, HttpResponseMessage answer)
    {
        using var idle = new CancellationTokenSource();
        await using var stream = await answer.Content.ReadAsStreamAsync(idle.Token);
        using var script = await ScriptAnswer.TryReadAsync(stream, answer.Content.Headers.ContentLength, request.Site.Timeout, idle)
            ?? throw new IOException("The script is over the limit.");
        var verdict = judge(request.Site, answer, script.Memory);
        if (verdict.MayServe)
        {
            CopyHeaders(context, answer);
            await context.Response.Body.WriteAsync(script.Memory, request.VisitorGone);
            return;
        }

        context.Response.Clear();
        if (verdict.Elsewhere is { } address)
        {
            Outcome = ForwardOutcome.ForeignScript;
            await PlainAnswer.RedirectAsync(context, address);
        }
        else
        {
            Outcome = ForwardOutcome.UnreadableScript;
            await request.AnswerFailureAsync(context, Outcome.Value);
        }
    }

    private void CopyHeaders(HttpContext context, HttpResponseMessage answer)
    {
        var isFrame = request.Target.SubPath.StartsWith("/_/service_worker/", StringComparison.Ordinal)
            && request.Target.SubPath.EndsWith("/sw_iframe.html", StringComparison.Ordinal);
        ResponseSanitizer.Copy(answer, context.Response.Headers, context.Request.Host.Host, isFrame);
        if (request.CacheStatus is not null)
        {
            context.Response.Headers[CacheStatus.Header] = request.CacheStatus;
        }
    }

    /// <summary>Chunk by chunk as it comes. Only Google's silence is timed: how long the visitor takes is Kestrel's concern
    /// (its minimum data rate), and an event stream may be silent as long as somebody listens.</summary>
    private async Task CopyBodyAsync(HttpContext context, HttpResponseMessage answer)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(request.VisitorGone);
        var isEventStream = answer.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentType, out var type)
            && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
        var timeout = isEventStream ? Timeout.InfiniteTimeSpan : request.Site.Timeout;
        await using var source = await answer.Content.ReadAsStreamAsync(idle.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBufferBytes);
        try
        {
            while (true)
            {
                idle.CancelAfter(timeout);
                var read = await source.ReadAsync(buffer, idle.Token);
                if (read == 0)
                {
                    return;
                }

                idle.CancelAfter(Timeout.InfiniteTimeSpan);
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), request.VisitorGone);
                await context.Response.Body.FlushAsync(request.VisitorGone);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
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
