using Microsoft.AspNetCore.Http.Features;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Responding;
using TagGateway.Sites;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Pages;

/// <summary>Passes a request to the website behind, and answers in its place where it does not.</summary>
internal sealed class OriginForwarder(
    IHttpForwarder forwarder, OriginClients clients, OriginLimiter limiter, OriginHealth health, GatewayMetrics metrics, TimeProvider time, ILogger<OriginForwarder> logger)
{
    /// <param name="context">With its <see cref="SiteRequest"/>; its response has not begun.</param>
    /// <param name="site">Whose page is asked for.</param>
    /// <param name="origin">The site's.</param>
    public async Task ForwardAsync(HttpContext context, Site site, Origin origin)
    {
        var lease = context.Features.GetRequiredFeature<MemoryLease>();
        using var permit = await limiter.EnterAsync(site, lease.Client, context.RequestAborted);
        if (permit is null)
        {
            await AnswerWithoutRoomAsync(context, site);
            return;
        }

        using var deadline = new OriginDeadline(site, health, time);
        context.Features.Set(new OriginResponse(site.Name, permit, lease, metrics, logger));
        context.Features.Set(deadline);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            context.Request.Body = new VisitorBody(context.Request.Body, deadline);
        }

        if (site.Pages is { } rules)
        {
            context.Features.Set(new PageExchange(rules, context.Features.GetRequiredFeature<SiteRequest>(), OriginClients.ActivityTimeout, metrics, logger));
        }

        var way = clients.WayTo(origin, context.Request.Host.Value);
        var error = await forwarder.SendAsync(context, way.Prefix, way.Client, way.Config, OriginTransformer.Instance, deadline.Token);
        if (error == ForwarderError.None)
        {
            return;
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            EndAbandoned(context, site);
            return;
        }

        var isLate = deadline is { HasPassed: true, IsMet: false };
        Report(context, site, isLate ? ForwarderError.RequestTimedOut : error);
        if (!context.Response.HasStarted)
        {
            var status = isLate ? StatusCodes.Status504GatewayTimeout : context.Response.StatusCode;
            context.Response.Clear();
            await AnswerAsync(context, site, error, status);
        }
    }

    private Task AnswerWithoutRoomAsync(HttpContext context, Site site)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            EndAbandoned(context, site);
            return Task.CompletedTask;
        }

        return AnswerAsync(context, site, ForwarderError.NoAvailableDestinations, StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The visitor has left: nobody reads the answer, and the website is not to blame.</summary>
    private void EndAbandoned(HttpContext context, Site site)
    {
        metrics.PageAbandoned(site.Name);
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = PlainAnswer.ClientClosedRequest;
        }
    }

    private void Report(HttpContext context, Site site, ForwarderError error)
    {
        var exception = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        OriginProblem? problem = error switch
        {
            ForwarderError.RequestTimedOut => OriginProblem.TimedOut,
            ForwarderError.Request or ForwarderError.RequestBodyDestination => OriginProblems.Of(exception),
            _ => null,
        };
        // One that breaks off an upload may have answered already.
        if (problem is { } reason && error != ForwarderError.RequestBodyDestination)
        {
            health.Failed(site, reason);
        }

        metrics.PageFailed(site.Name, error, problem);
        if (problem == OriginProblem.CertificateRefused)
        {
            logger.CertificateRefused(site.Name, exception?.GetBaseException().Message);
        }
        else
        {
            logger.OriginFailed(site.Name, error, problem is { } words ? OriginProblems.Describe(words) : "");
        }
    }

    private static Task AnswerAsync(HttpContext context, Site site, ForwarderError error, int status) => status switch
    {
        // A host that Kestrel takes and HttpClient does not: "a..b", "a:99999".
        _ when error == ForwarderError.RequestCreation => PlainAnswer.BadRequestAsync(context),
        >= 400 and < 500 => PlainAnswer.WriteAsync(context, status, "bad request"),
        _ when site.ErrorPage is { } page && ErrorPage.IsWantedBy(context.Request.Headers.Accept) => page.WriteAsync(context, status),
        StatusCodes.Status503ServiceUnavailable => PlainAnswer.WriteAsync(context, status, "service unavailable"),
        StatusCodes.Status504GatewayTimeout => PlainAnswer.GatewayTimeoutAsync(context),
        _ => PlainAnswer.BadGatewayAsync(context),
    };
}
