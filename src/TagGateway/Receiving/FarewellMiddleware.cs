using Microsoft.AspNetCore.Connections.Features;
using TagGateway.Operations;

namespace TagGateway.Receiving;

/// <summary>While the gateway is about to stop: every answer is its connection's last, <c>Connection: close</c> or GOAWAY. Who kept the connection
/// for his next request would send it at the moment it ends.</summary>
internal sealed class FarewellMiddleware(RequestDelegate next, Shutdown shutdown)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (shutdown.HasBegun)
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }

        return next(context);
    }
}
