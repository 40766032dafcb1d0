using System.Net;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Responding;

namespace TagGateway.Receiving;

/// <summary>First step: refuses what cannot be forwarded safely and finds out who sends.</summary>
internal sealed class ReceivingMiddleware(RequestDelegate next, CurrentSettings settings, GatewayMetrics metrics, ILogger<ReceivingMiddleware> logger)
{
    private const string ForwardedFor = "X-Forwarded-For";
    private int _warnedOfProxy;

    public Task InvokeAsync(HttpContext context)
    {
        var refusal = RequestGuard.Check(context);
        if (refusal != RequestRefusal.None)
        {
            return RefuseAsync(context, refusal);
        }

        var current = settings.Value;
        var headers = context.Request.Headers;
        var peer = context.Connection.RemoteIpAddress;
        var isTrusted = current.TrustedProxies.Contains(peer);
        if (!isTrusted && headers.ContainsKey(ForwardedFor) && IsPrivate(peer) && Interlocked.Exchange(ref _warnedOfProxy, 1) == 0)
        {
            logger.UntrustedProxy();
        }

        context.Features.Set(new Visitor(
            VisitorAddress.Find(peer, headers[ForwardedFor], current.TrustedProxies),
            current.Geo,
            isTrusted ? headers : null));
        return next(context);
    }

    private Task RefuseAsync(HttpContext context, RequestRefusal refusal)
    {
        metrics.RequestRefused(refusal);
        logger.RequestRefused(refusal);
        if (!HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            // Nobody can tell where the next request on this connection begins. HTTP/2 frames tell it, and have no such header.
            context.Response.Headers.Connection = "close";
        }

        return refusal == RequestRefusal.Method ? PlainAnswer.MethodNotAllowedAsync(context) : PlainAnswer.BadRequestAsync(context);
    }

    private static bool IsPrivate(IPAddress? peer)
    {
        var address = AddressText.Plain(peer);
        return address switch
        {
            null => false,
            { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } =>
                IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal,
            _ => address.GetAddressBytes() is [10, ..] or [127, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..],
        };
    }
}
