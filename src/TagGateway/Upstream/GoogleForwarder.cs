using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Responding;
using TagGateway.Sites;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Upstream;

/// <summary>Sends a request of the measurement path to Google and its answer back, and accounts for how it ended.</summary>
internal sealed class GoogleForwarder(
    IHttpForwarder forwarder, UpstreamClients clients, TagHosts hosts, AnswerRewriter rewriter, VisitorValues values, CurrentSettings settings, GatewayMetrics metrics, TimeProvider time, ILogger<GoogleForwarder> logger)
{
    /// <summary>While a body streams it is Kestrel who ends a slow visitor, after its 5 s of grace (it cannot bear that a read is cancelled: an
    /// error in the log for each).</summary>
    private static readonly TimeSpan SlowBodyPatience = TimeSpan.FromSeconds(10);

    public async Task ForwardAsync(HttpContext context, GoogleRequest request)
    {
        // YARP would pass an upgrade on, and what follows it unseen. Not upgrading is any server's right (RFC 9110 §7.8).
        context.Request.Headers.Remove(HeaderNames.Upgrade);
        var asked = hosts.Find(request.Site, request.Tag);
        // A streamed body cannot be sent twice.
        var hasStream = request.Body is null && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };
        var mayAskAnother = request.Target.Route is null && asked != request.Tag && !hasStream;
        var timeout = hasStream && request.Site.Timeout < SlowBodyPatience ? SlowBodyPatience : request.Site.Timeout;
        var config = new ForwarderRequestConfig { ActivityTimeout = timeout };

        var (error, exchange) = await SendAsync(context, request, asked, config, mayAskAnother);
        if (exchange.ShouldAskAnother)
        {
            context.Response.Clear();
            (error, exchange) = await SendAsync(context, request, request.Tag, config, mayAskAnother: false);
            if (exchange.Outcome == ForwardOutcome.Delivered)
            {
                hosts.Remember(request.Site, request.Tag);
            }
        }
        else if (request.Target.Route is null && asked != request.Site.MainTag && exchange.Outcome == ForwardOutcome.Refused)
        {
            hosts.Forget(request.Site, request.Tag);
        }

        // An answer whose headers cannot be passed on, such as one of two lengths, is none.
        var answered = error == ForwarderError.ResponseHeaders ? null : exchange.Outcome;
        var outcome = answered ?? OutcomeOf(error, context.Response.StatusCode);
        if (answered is null && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await request.AnswerFailureAsync(context, outcome);
        }

        Account(context, request, outcome);
    }

    private async Task<(ForwarderError Error, GoogleExchange Exchange)> SendAsync(
        HttpContext context, GoogleRequest request, TagId asked, ForwarderRequestConfig config, bool mayAskAnother)
    {
        var connectTo = settings.Value.ConnectTo;
        var address = GoogleAddress.Of(request, asked, connectTo);
        if (request.Body is not null)
        {
            context.Request.Body = new MemoryStream(request.Body, writable: false);
        }

        var exchange = new GoogleExchange(request, address, rewriter, values, time, mayAskAnother);
        var error = await forwarder.SendAsync(context, address.Prefix, clients.GoogleFor(connectTo), config, exchange, CancellationToken.None);
        return (error, exchange);
    }

    /// <param name="error">What YARP says.</param>
    /// <param name="status">What YARP set: it tells a body that was too large or too slow from one that broke off.</param>
    private static ForwardOutcome OutcomeOf(ForwarderError error, int status) => error switch
    {
        ForwarderError.RequestCanceled => ForwardOutcome.Abandoned,
        ForwarderError.RequestTimedOut => ForwardOutcome.TimedOut,
        ForwarderError.RequestBodyClient when status == StatusCodes.Status413PayloadTooLarge => ForwardOutcome.BodyTooLarge,
        ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled => ForwardOutcome.BodyIncomplete,
        _ when status == StatusCodes.Status504GatewayTimeout => ForwardOutcome.TimedOut,
        _ => ForwardOutcome.Unreachable,
    };

    private void Account(HttpContext context, GoogleRequest request, ForwardOutcome outcome)
    {
        var abandoned = request.VisitorGone.IsCancellationRequested;
        if (abandoned && !context.Response.HasStarted)
        {
            context.Response.StatusCode = PlainAnswer.ClientClosedRequest;
        }

        metrics.Forwarded(request.Site.Name, request.Kind, outcome, abandoned);
        if (outcome is ForwardOutcome.Unreachable or ForwardOutcome.TimedOut or ForwardOutcome.UpstreamError or ForwardOutcome.AnswerCutShort)
        {
            logger.UpstreamFailed(request.Site.Name, request.Kind, outcome);
        }
    }
}
