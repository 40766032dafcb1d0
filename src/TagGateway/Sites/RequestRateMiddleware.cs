using Microsoft.AspNetCore.Http.Features;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Responding;

namespace TagGateway.Sites;

/// <summary>Rejects with 429 what a visitor's address sends beyond <c>limits.requestsPerVisitor</c> on the measurement path. Pages are the origin's own to limit.</summary>
internal sealed class RequestRateMiddleware(RequestDelegate next, ClientRate rate, LimitMetrics metrics)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<MeasurementTarget>() is null || rate.TryTake(context.Features.GetRequiredFeature<Visitor>().Address))
        {
            return next(context);
        }

        metrics.RequestShed(ShedKind.Rate);
        return PlainAnswer.ShedAsync(context, StatusCodes.Status429TooManyRequests);
    }
}
