using Microsoft.AspNetCore.Http.Features;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Responding;

namespace TagGateway.Sites;

/// <summary>Second step: names the site of the request and whether it is on the measurement path, or answers 404.</summary>
internal sealed class SiteMiddleware(RequestDelegate next, CurrentSettings settings, GatewayMetrics metrics, ILogger<SiteMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        // HostString.Host keeps an IPv6 address in its brackets, as host patterns do.
        if (!settings.Value.Sites.TryFind(context.Request.Host.Host, out var site))
        {
            logger.UnknownHost();
            return PlainAnswer.NotFoundAsync(context);
        }

        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!RequestTarget.TryParse(raw, out var target))
        {
            return AnswerOddTargetAsync(context, raw);
        }

        context.Features.Get<MemoryLease>()?.ForSite(site.Name, isOnlySite: settings.Value.Sites.All.Count == 1);
        return site.Path.Covers(target.Path) ? MeasureAsync(context, site, target) : PassToWebsiteAsync(context, site, target);
    }

    private Task MeasureAsync(HttpContext context, Site site, RequestTarget target)
    {
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            return PlainAnswer.MethodNotAllowedAsync(context);
        }

        if (target.Path.Contains('\\', StringComparison.Ordinal))
        {
            metrics.RequestRefused(RequestRefusal.Target);
            return PlainAnswer.BadRequestAsync(context);
        }

        if (!DecodedPath.IsPlain(target.Path) && DecodedPath.HasDotSegment(target.Path))
        {
            return PlainAnswer.NotFoundAsync(context);
        }

        LimitBody(context, site);
        var path = target.Path.Length == site.Path.Value.Length ? target.Path + "/" : target.Path;
        var measurement = new MeasurementTarget(site, path, target.Query);
        if (site.Upstream == UpstreamKind.Google && HealthQuestion.Is(measurement))
        {
            return HealthQuestion.AnswerAsync(context);
        }

        var refusal = RouteFinder.Find(measurement, out var route);
        if (refusal != RouteRefusal.None)
        {
            metrics.RouteRefused(site.Name, refusal);
            return PlainAnswer.NotFoundAsync(context);
        }

        context.Features.Set(route is null ? measurement : measurement with { Route = route });
        return next(context);
    }

    private Task PassToWebsiteAsync(HttpContext context, Site site, RequestTarget target)
    {
        if (IsDisguised(target.Path, site))
        {
            return PlainAnswer.NotFoundAsync(context);
        }

        context.Features.Set(new SiteRequest(site, target));
        return next(context);
    }

    /// <summary>On the measurement path only for somebody who decodes it: neither Google nor the website should have to guess.</summary>
    private static bool IsDisguised(string path, Site site) => !DecodedPath.IsPlain(path) && site.Path.Covers(DecodedPath.Resolve(path));

    /// <summary>The website's uploads are its own affair; a hit has a size.</summary>
    private static void LimitBody(HttpContext context, Site site)
    {
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is { IsReadOnly: false })
        {
            limit.MaxRequestBodySize = site.MaxBodyBytes;
        }
    }

    /// <summary><c>OPTIONS *</c> asks about the server as such (RFC 9110 §9.3.7), and the server here is the gateway.
    /// CONNECT's target over HTTP/2 is a path; all else is malformed.</summary>
    private Task AnswerOddTargetAsync(HttpContext context, string raw)
    {
        if (raw == "*" && HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        metrics.RequestRefused(RequestRefusal.Target);
        return PlainAnswer.BadRequestAsync(context);
    }
}
