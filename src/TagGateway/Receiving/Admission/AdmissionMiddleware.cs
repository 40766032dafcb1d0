using Microsoft.AspNetCore.Http.Features;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Responding;

namespace TagGateway.Receiving.Admission;

/// <summary>Counts a request against the memory budget and its client's share before anything is spent on it, and sees to it that its response
/// never runs far ahead of what the client takes.</summary>
internal sealed class AdmissionMiddleware(RequestDelegate next, MemoryBudget budget, ClientShares shares, CurrentSettings settings, LimitMetrics metrics, TimeProvider time)
{
    /// <summary>What the server and the gateway hold for a request whose response waits for its client, bodies aside.</summary>
    public const int RequestBytes = 20 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        var connection = context.Features.Get<TrackedConnection>();
        var concurrent = connection?.BeginRequest() ?? 1;
        var request = new AdmittedRequest(connection, shares, ClientBehindProxy(context, connection));
        var lease = new MemoryLease(budget, request.Share);
        // One request of each connection is always admitted, as long as there is room at all: others behind the same address may send many.
        var isAdmitted = concurrent == 1 && connection?.Share is not null ? lease.TryTakeBeyondShare(RequestBytes) : lease.TryTake(RequestBytes);
        if (!isAdmitted)
        {
            request.End();
            metrics.RequestShed(ShedKind.Request);
            return PlainAnswer.ShedAsync(context);
        }

        context.Features.Set(lease);
        return RunAsync(context, request, lease);
    }

    private async Task RunAsync(HttpContext context, AdmittedRequest request, MemoryLease lease)
    {
        using var stall = Pace(context);
        try
        {
            await next(context);
        }
        finally
        {
            lease.Dispose();
            request.End();
        }
    }

    /// <summary>Null where the connection sends for itself, without a copy: it paces and times its own writing.</summary>
    private StallTimeout? Pace(HttpContext context)
    {
        if (context.Features.Get<LendingOutput>() is not null || context.Features.Get<IHttpResponseBodyFeature>() is not { } body)
        {
            return null;
        }

        var stall = new StallTimeout(context.Abort, settings.Value.Limits.ProgressTimeout, metrics, time);
        context.Features.Set<IHttpResponseBodyFeature>(new PacedResponseBody(body, stall));
        return stall;
    }

    /// <summary>The client that a trusted proxy names. Null: the peer itself is the client, or the proxy tells none and its requests are those of many.</summary>
    private ClientKey? ClientBehindProxy(HttpContext context, TrackedConnection? connection) =>
        connection is { Client: null } && context.Features.Get<Visitor>()?.Address is { } address && !settings.Value.TrustedProxies.Contains(address)
            ? ClientKey.Of(address)
            : null;
}
