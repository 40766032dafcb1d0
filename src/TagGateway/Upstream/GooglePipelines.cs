using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace TagGateway.Upstream;

/// <summary>How the gateway's own fetches bear with a host of Google that is ill: one more try within a budget, and a circuit breaker for each host
/// and form: what one visitor makes fail opens no circuit for the others. Bounded by the hosts that are configured.</summary>
internal sealed class GooglePipelines(TimeProvider time)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);
    private readonly RetryBudget[] _budgets = [.. Enum.GetValues<FetchForm>().Select(_ => new RetryBudget())];
    private readonly ConcurrentDictionary<(string Host, FetchForm Form), ResiliencePipeline<FetchedScript>> _pipelines = new();

    /// <param name="host">A host of Google's.</param>
    /// <param name="form">Of what it is asked for.</param>
    public ResiliencePipeline<FetchedScript> For(string host, FetchForm form)
    {
        var budget = _budgets[(int)form];
        budget.Earn();
        return _pipelines.GetOrAdd((host, form), static (_, context) => context.Self.Create(context.Budget), (Self: this, Budget: budget));
    }

    private ResiliencePipeline<FetchedScript> Create(RetryBudget budget) => new ResiliencePipelineBuilder<FetchedScript> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<FetchedScript>
        {
            MaxRetryAttempts = 1,
            Delay = RetryDelay,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(IsWorthARetry(arguments.Outcome) && budget.TrySpend()),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<FetchedScript>
        {
            FailureRatio = 0.5,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(5),
            ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { Outcome: not (FetchOutcome.Answered or FetchOutcome.TooLarge or FetchOutcome.NoRoom) }),
        })
        .Build();

    /// <summary>Not what has used its time up already.</summary>
    private static bool IsWorthARetry(Outcome<FetchedScript> outcome) =>
        outcome.Result is { Outcome: FetchOutcome.Unreachable or FetchOutcome.CutShort or FetchOutcome.UpstreamError, Status: not 429 };
}
