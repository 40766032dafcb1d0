using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Operations;

namespace TagGateway.Receiving;

/// <summary>Sends clients elsewhere while the gateway is draining, so that they do not reuse a connection that is about to close: HTTP/1.1 responses carry
/// <c>Connection: close</c>, HTTP/2 connections get a GOAWAY and are served on until the delay has passed and the server closes them.</summary>
internal sealed class ConnectionDrainMiddleware(RequestDelegate next, Shutdown shutdown)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (shutdown.HasBegun)
        {
            Drain(context.Features);
        }

        return next(context);
    }

    private static void Drain(IFeatureCollection features)
    {
        if (features.Get<GoAwayOutput>() is { } output)
        {
            output.RequestGoAway();
            return;
        }

        features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }
}
