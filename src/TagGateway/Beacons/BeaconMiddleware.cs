using Microsoft.AspNetCore.Http.Features;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Responding;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.Beacons;

/// <summary>Step 3b: measurement hits, and all else below the measurement path: Google's paths are opaque, so everything is forwarded.
/// What was received whole is delivered, whoever hangs up.</summary>
internal sealed class BeaconMiddleware(RequestDelegate next, GoogleForwarder forwarder, CurrentSettings settings, GatewayMetrics metrics, LimitMetrics limits)
{
    /// <summary>Hits are smaller (Google's batches end below 16 KB): read whole before they are sent on, so that they no longer need their
    /// browser. Larger bodies stream.</summary>
    private const int ReadFirstBytes = 64 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        var target = context.Features.Get<MeasurementTarget>();
        return target is null ? next(context) : ForwardAsync(context, target);
    }

    private Task ForwardAsync(HttpContext context, MeasurementTarget target)
    {
        var length = context.Request.ContentLength;
        if (length > target.Site.MaxBodyBytes)
        {
            metrics.Forwarded(target.Site.Name, RequestKind.Beacon, ForwardOutcome.BodyTooLarge, abandoned: false);
            return PlainAnswer.TooLargeAsync(context);
        }

        var isHidden = HiddenHit.Is(context, target);
        // Of a hidden one what is read, and what is left of it.
        var held = isHidden ? 2 * ReadFirstBytes : length is > 0 and <= ReadFirstBytes ? (int)length : 0;
        if (!RequestRoom.TryEnter(context, MemoryPriority.Beacon) || context.Features.Get<MemoryLease>()?.TryTake(held) == false)
        {
            limits.RequestShed(ShedKind.Beacon);
            return PlainAnswer.ShedAsync(context);
        }

        var visitor = context.Features.GetRequiredFeature<Visitor>();
        var visitorGone = context.RequestAborted;
        var connection = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        context.Features.Set<IHttpRequestLifetimeFeature>(new UntiedLifetime(connection));

        if (isHidden)
        {
            return RevealAndForwardAsync(context, target, visitor, visitorGone);
        }

        var request = Request(target, visitor, NamedTag.Find(target.Site, target.Query), body: null, visitorGone);
        return held > 0 ? ReadAndForwardAsync(context, request, held) : forwarder.ForwardAsync(context, request);
    }

    private GoogleRequest Request(MeasurementTarget target, Visitor visitor, TagId tag, byte[]? body, CancellationToken visitorGone) =>
        new(target, visitor, RequestKind.Beacon, tag, body, visitorGone) { Account = new WorkAccount(CpuLane.Ordinary, RequestClient.Of(visitor, settings.Value.TrustedProxies)) };

    private async Task ReadAndForwardAsync(HttpContext context, GoogleRequest request, int length)
    {
        var body = new byte[length];
        try
        {
            // Not cancelled when the browser leaves: what it sent may already be here.
            await context.Request.Body.ReadExactlyAsync(body, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            await AnswerIncompleteAsync(context, request.Site, error, request.VisitorGone);
            return;
        }

        await forwarder.ForwardAsync(context, request with { Body = body });
    }

    /// <summary>A hit whose path and query stand in its body, at Google's ordinary hosts, which know nothing of that.</summary>
    private async Task RevealAndForwardAsync(HttpContext context, MeasurementTarget target, Visitor visitor, CancellationToken visitorGone)
    {
        var buffer = new byte[ReadFirstBytes + 1];
        int length;
        try
        {
            length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            await AnswerIncompleteAsync(context, target.Site, error, visitorGone);
            return;
        }

        if (length > ReadFirstBytes || !HiddenHit.TryReveal(target, buffer.AsMemory(0, length), out var revealed, out var rest))
        {
            metrics.RouteRefused(target.Site.Name, RouteRefusal.Body);
            await PlainAnswer.NotFoundAsync(context);
            return;
        }

        context.Request.ContentLength = rest.Length;
        var tag = NamedTag.Find(target.Site, revealed.Query);
        await forwarder.ForwardAsync(context, Request(revealed, visitor, tag, rest.ToArray(), visitorGone));
    }

    private Task AnswerIncompleteAsync(HttpContext context, Site site, Exception error, CancellationToken visitorGone)
    {
        metrics.Forwarded(site.Name, RequestKind.Beacon, ForwardOutcome.BodyIncomplete, visitorGone.IsCancellationRequested);
        var status = error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest;
        return PlainAnswer.WriteAsync(context, status, "request body incomplete");
    }
}
