using System.Net;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Pages;

/// <summary>Passes a request to the website as it came, and tells it the truth about where it came from.</summary>
internal sealed class OriginTransformer : HttpTransformer
{
    public static readonly OriginTransformer Instance = new();

    private const string EventStream = "text/event-stream";

    private OriginTransformer()
    {
    }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var source = httpContext.Request;
        var visitor = httpContext.Features.GetRequiredFeature<Visitor>();
        ForwardedHeaders.RemoveNominated(source.Headers);
        ForwardedHeaders.RemoveClaims(source.Headers, visitor.IsViaTrustedProxy);
        if (httpContext.Features.Get<PageExchange>() is { } page)
        {
            page.FitRequest(source.Headers);
        }
        else
        {
            PageExchange.FitForeignRequest(source.Headers);
        }

        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var (site, target) = httpContext.Features.GetRequiredFeature<SiteRequest>();
        var origin = site.Origin!; // PageMiddleware has looked
        proxyRequest.RequestUri = RawUri.Create(destinationPrefix, target.Path, target.Query);
        proxyRequest.Headers.Host = origin.Host ?? (source.Host.HasValue ? source.Host.Value : null);
        ForwardedHeaders.Set(httpContext, proxyRequest, visitor);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null)
        {
            httpContext.Features.GetRequiredFeature<OriginDeadline>().Meet();
        }

        var hasBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var isSwitchedOff = PageGate.TakeSwitch(httpContext.Response.Headers);
        if (proxyResponse is { StatusCode: HttpStatusCode.NoContent or HttpStatusCode.ResetContent })
        {
            // Websites send a length or even a body with these (RFC 9110 §15.3.5 forbids it), and Kestrel throws at both.
            httpContext.Response.ContentLength = null;
            return false;
        }

        if (proxyResponse is { StatusCode: HttpStatusCode.OK, Content.Headers.ContentType.MediaType: EventStream } && httpContext.Request.Method != HttpMethods.Head)
        {
            // The forwarder holds the headers back until the body begins; a browser takes a stream for open only with them.
            await httpContext.Response.Body.FlushAsync(cancellationToken);
        }

        // A page that is rewritten is copied there: YARP's copy is of the bytes as they came.
        var isPassedOn = hasBody && proxyResponse is not null && httpContext.Features.Get<PageExchange>() is { } page && await page.TryPassOnAsync(httpContext, proxyResponse, isSwitchedOff);
        if (hasBody && !isPassedOn && proxyResponse is not null && httpContext.Features.Get<OriginResponse>() is { } response)
        {
            isPassedOn = await TryCopyAsync(httpContext, proxyResponse, response);
        }

        if (isPassedOn)
        {
            await TransformResponseTrailersAsync(httpContext, proxyResponse!, cancellationToken); // passed on: there is one
        }

        return hasBody && !isPassedOn;
    }

    private static async ValueTask<bool> TryCopyAsync(HttpContext context, HttpResponseMessage answer, OriginResponse response)
    {
        // Over HTTP/2, on either side, a WebSocket is a CONNECT and its answer 200 (RFC 8441).
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols || answer.RequestMessage?.Method == HttpMethod.Connect || RequestGuard.IsExtendedConnect(context))
        {
            // A WebSocket may last for hours: it counts as a connection, and no longer as a request.
            response.Release();
            return false;
        }

        if (!OriginResponse.MayCopy(context))
        {
            return false;
        }

        await response.CopyAsync(context, answer);
        return true;
    }
}
