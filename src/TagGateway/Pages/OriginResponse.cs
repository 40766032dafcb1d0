using Microsoft.AspNetCore.Http.Features;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Pages;

/// <summary>Passes on the body of an origin's response that is not rewritten. A feature of the request.</summary>
/// <param name="site">The site's name.</param>
/// <param name="permit">Given back as soon as the origin is no longer needed.</param>
/// <param name="lease">The request's memory.</param>
/// <param name="metrics">Counts.</param>
/// <param name="logger">Gets a line for each response that was cut.</param>
internal sealed class OriginResponse(string site, OriginPermit permit, MemoryLease lease, GatewayMetrics metrics, ILogger logger)
{
    /// <summary>The origin has sent all it has for this request, or the connection is the client's own from now on.</summary>
    public void Release() => permit.Dispose();

    /// <summary>Whether the body is copied here. The forwarder's own copy holds more for each response, and the origin as long as the client reads;
    /// but it alone can still send a request's body meanwhile.</summary>
    public static bool MayCopy(HttpContext context) =>
        !HttpMethods.IsHead(context.Request.Method)
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };

    /// <param name="context">Whose response has its headers.</param>
    /// <param name="response">The origin's.</param>
    /// <exception cref="IOException">Nothing of the body came.</exception>
    public async Task CopyAsync(HttpContext context, HttpResponseMessage response)
    {
        using var timeout = new PagePatience(OriginClients.ActivityTimeout, context.RequestAborted);
        try
        {
            await using var source = await response.Content.ReadAsStreamAsync(timeout.Token);
            using var body = new OriginBody(source, context.Response.BodyWriter, lease, timeout, Release);
            await body.CopyAsync();
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                metrics.PageAbandoned(site);
                return;
            }

            if (!context.Response.HasStarted)
            {
                throw;
            }

            // Half a response must not look whole.
            metrics.PageFailed(site, error is OperationCanceledException ? ForwarderError.ResponseBodyCanceled : ForwarderError.ResponseBodyDestination, problem: null);
            logger.ResponseCut(site, error.Message);
            context.Abort();
        }
    }
}
