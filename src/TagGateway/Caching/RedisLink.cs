using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;

namespace TagGateway.Caching;

/// <summary>The connection to Redis, and the only way to it: each command is bounded by a timeout, and none is sent while a circuit breaker is open.</summary>
internal sealed class RedisLink(RedisHealth health, TimeProvider time) : IDisposable
{
    /// <summary>While it is away somebody tries this often.</summary>
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(5);

    private volatile Connection? _connection;

    /// <summary>Where it leads to; null: nowhere.</summary>
    public RedisTarget? Target => _connection?.Target;

    /// <summary>Throws only when cancelled.</summary>
    public async ValueTask<RedisReply<T>> AskAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken stop)
    {
        if (_connection is not { } connection)
        {
            return new RedisReply<T>(RedisOutcome.NotTried);
        }

        try
        {
            var value = await connection.Pipeline.ExecuteAsync(
                static async (state, token) => await state.command(state.connection.Redis.GetDatabase()).WaitAsync(token), (connection, command), stop);
            return new RedisReply<T>(RedisOutcome.Answered, value);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            // Whatever it is: the site comes first, and without Redis it goes on.
            var (outcome, reason) = Judge(error);
            return new RedisReply<T>(outcome, default, reason);
        }
    }

    /// <summary>Leads somewhere else from now on. Takes as long as a connect attempt at most; the commands meanwhile go the old way.</summary>
    /// <param name="target">Where to; null: nowhere.</param>
    /// <param name="channel">Published to when gateways have to look.</param>
    /// <param name="wake">Called for each message there, and when the connection is back.</param>
    public async Task LeadToAsync(RedisTarget? target, RedisChannel channel, Action wake)
    {
        Connection? next = null;
        if (target is not null)
        {
            var redis = await ConnectionMultiplexer.ConnectAsync(target.Options);
            redis.ConnectionRestored += (_, _) => wake();
            next = new Connection(target, redis, CreatePipeline(target.CommandTimeout));
        }

        var former = _connection;
        _connection = next;
        if (former is not null)
        {
            await former.Redis.DisposeAsync();
        }

        if (next is not null)
        {
            await SubscribeAsync(next, channel, wake);
        }
    }

    /// <summary>Whether messages come through: nobody tells of those that were missed.</summary>
    public bool IsHearing(RedisChannel channel) =>
        _connection?.Redis.GetSubscriber() is { } subscriber && subscriber.SubscribedEndpoint(channel) is not null && subscriber.IsConnected(channel);

    public void Dispose()
    {
        var connection = _connection;
        _connection = null;
        connection?.Redis.Dispose();
    }

    private static async Task SubscribeAsync(Connection connection, RedisChannel channel, Action wake)
    {
        try
        {
            await connection.Redis.GetSubscriber().SubscribeAsync(channel, (_, _) => wake()).WaitAsync(connection.Target.CommandTimeout);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // The library subscribes again whenever the connection comes back.
        }
    }

    /// <summary>Why, in a word: the messages of the library tell addresses.</summary>
    private static (RedisOutcome Outcome, string Reason) Judge(Exception error) => error switch
    {
        BrokenCircuitException => (RedisOutcome.NotTried, "it failed before"),
        TimeoutRejectedException or TimeoutException => (RedisOutcome.TimedOut, "no answer in time"),
        RedisServerException refusal => (RedisOutcome.Refused, FirstWord(refusal.Message)),
        RedisConnectionException broken => (RedisOutcome.Unreachable, broken.FailureType.ToString()),
        _ => (RedisOutcome.Unreachable, error.GetType().Name),
    };

    /// <summary>An answer of Redis begins with its kind: <c>OOM</c>, <c>READONLY</c>, <c>NOPERM</c>.</summary>
    private static string FirstWord(string message)
    {
        var word = message.Split(' ', ':')[0];
        return word.Length is > 0 and <= 20 && !word.AsSpan().ContainsAnyExceptInRange('A', 'Z') ? word : "refused";
    }

    /// <summary>Opens when a fifth of two seconds' commands have failed: Redis away is seen by the second command. What it says no to counts as an answer.</summary>
    private ResiliencePipeline CreatePipeline(TimeSpan timeout) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.2,
            MinimumThroughput = 2,
            SamplingDuration = TimeSpan.FromSeconds(2),
            BreakDuration = BreakDuration,
            ShouldHandle = static arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is not (null or OperationCanceledException) && Judge(arguments.Outcome.Exception).Outcome != RedisOutcome.Refused),
            OnOpened = arguments =>
            {
                health.WentAway(arguments.Outcome.Exception is { } error ? Judge(error).Reason : "");
                return default;
            },
        })
        .AddTimeout(timeout)
        .Build();

    private sealed record Connection(RedisTarget Target, ConnectionMultiplexer Redis, ResiliencePipeline Pipeline);
}
