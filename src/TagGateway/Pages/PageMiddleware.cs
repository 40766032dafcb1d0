using System.Net;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Operations;
using TagGateway.Responding;
using TagGateway.Sites;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Pages;

/// <summary>Step 3c: everything outside the measurement path is the website's, byte for byte; 404 where a site has no origin.</summary>
internal sealed class PageMiddleware(
    RequestDelegate next, IHttpForwarder forwarder, UpstreamClients clients, GatewayMetrics metrics, ILogger<PageMiddleware> logger)
{
    /// <summary>Without any progress: long enough for quiet WebSockets and event streams.</summary>
    private static readonly TimeSpan ActivityTimeout = TimeSpan.FromMinutes(5);
    private static readonly ForwarderRequestConfig Negotiated = new() { ActivityTimeout = ActivityTimeout };
    private static readonly ForwarderRequestConfig Http11 = new() { ActivityTimeout = ActivityTimeout, Version = HttpVersion.Version11 };
    private static readonly ForwarderRequestConfig Http2 = new()
    {
        ActivityTimeout = ActivityTimeout,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public Task InvokeAsync(HttpContext context)
    {
        var site = context.Features.Get<SiteRequest>()?.Site;
        return site?.Origin is null ? next(context) : ForwardAsync(context, site, site.Origin);
    }

    private async Task ForwardAsync(HttpContext context, Site site, Origin origin)
    {
        var ownTls = origin.Prefix.StartsWith("https://", StringComparison.Ordinal) && origin.Host is null;
        var (prefix, client, config) = ownTls
            // The TLS is ours, so that its name is the origin's and Host the visitor's; the client only sees the stream.
            ? ($"http://{origin.Prefix["https://".Length..]}{(origin.HasPort ? "" : ":443")}", clients.TlsOrigins, Http11)
            : (origin.Prefix, clients.Origins, origin.IsHttp2Only ? Http2 : Negotiated);
        if (site.Pages is { } rules)
        {
            context.Features.Set(new PageExchange(rules, context.Features.GetRequiredFeature<SiteRequest>(), ActivityTimeout, metrics, logger));
        }

        var error = await forwarder.SendAsync(context, prefix, client, config, OriginTransformer.Instance);
        if (error == ForwarderError.None)
        {
            return;
        }

        var visitorGone = context.RequestAborted.IsCancellationRequested;
        metrics.PageFailed(site.Name, error, visitorGone);
        if (!visitorGone)
        {
            logger.OriginFailed(site.Name, error);
        }

        if (!context.Response.HasStarted)
        {
            await AnswerAsync(context, error, visitorGone);
        }
    }

    private static Task AnswerAsync(HttpContext context, ForwarderError error, bool visitorGone)
    {
        var status = context.Response.StatusCode;
        context.Response.Clear();
        if (visitorGone)
        {
            context.Response.StatusCode = PlainAnswer.ClientClosedRequest;
            return Task.CompletedTask;
        }

        return status switch
        {
            // A host that Kestrel takes and HttpClient does not: "a..b", "a:99999".
            _ when error == ForwarderError.RequestCreation => PlainAnswer.BadRequestAsync(context),
            StatusCodes.Status504GatewayTimeout => PlainAnswer.GatewayTimeoutAsync(context),
            >= 400 and < 500 => PlainAnswer.WriteAsync(context, status, "bad request"),
            _ => PlainAnswer.BadGatewayAsync(context),
        };
    }
}
