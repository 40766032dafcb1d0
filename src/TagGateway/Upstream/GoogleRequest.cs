using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Responding;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>One request on its way to Google.</summary>
/// <param name="Target">Where on the measurement path.</param>
/// <param name="Visitor">Who sends it.</param>
/// <param name="Kind">Which step sends it, for the counters.</param>
/// <param name="Tag">The tag it names, an allowed one; the main tag when it names none.</param>
/// <param name="Body">The whole body when it was small enough to be read first; null when there is none or it streams.</param>
/// <param name="VisitorGone">Signalled when the browser has left. The forwarding itself does not hang on it.</param>
internal sealed record GoogleRequest(
    MeasurementTarget Target, Visitor Visitor, RequestKind Kind, TagId Tag, byte[]? Body, CancellationToken VisitorGone)
{
    public Site Site => Target.Site;

    /// <summary>Google's own address of the script that is asked for: where the browser is sent when this request fails, so that the site keeps
    /// measuring; null: it gets an error.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>Whose work it is to read what comes, where that has to be read.</summary>
    public WorkAccount Account { get; init; } = new(CpuLane.Ordinary, null);

    /// <summary>What the cache says of a script's answer; null: it was not asked.</summary>
    public string? CacheStatus { get; init; }

    /// <summary>Answers for Google, which has not.</summary>
    public Task AnswerFailureAsync(HttpContext context, ForwardOutcome outcome)
    {
        if (CacheStatus is not null)
        {
            context.Response.Headers[Caching.CacheStatus.Header] = CacheStatus;
        }

        return outcome switch
        {
            ForwardOutcome.BodyTooLarge => PlainAnswer.TooLargeAsync(context),
            ForwardOutcome.BodyIncomplete => PlainAnswer.BadRequestAsync(context),
            ForwardOutcome.Shed when Elsewhere is null => PlainAnswer.ShedAsync(context),
            _ when Elsewhere is not null => PlainAnswer.RedirectAsync(context, Elsewhere),
            ForwardOutcome.TimedOut => PlainAnswer.GatewayTimeoutAsync(context),
            _ => PlainAnswer.BadGatewayAsync(context),
        };
    }
}
