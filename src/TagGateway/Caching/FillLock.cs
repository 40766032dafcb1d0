using System.Security.Cryptography;
using StackExchange.Redis;

namespace TagGateway.Caching;

/// <summary>The lock that lets one gateway fetch for all. It is short and held by renewing it: that of a gateway which died, or which could not
/// give it back, ends by itself soon. Not for two threads at once.</summary>
internal sealed class FillLock(RedisLink link, RedisKey name, TimeProvider time) : IAsyncDisposable
{
    private const int MaxOdd = 3;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RenewInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>No version of the gateway takes one for so long: it is nobody's.</summary>
    private static readonly TimeSpan LongestDuration = TimeSpan.FromMinutes(1);

    private readonly RedisValue _owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private CancellationTokenSource? _held;
    private Task? _renewing;
    private int _odd;

    /// <summary>True when it is taken now. Without an answer there is none to wait for.</summary>
    public async Task<RedisReply<bool>> TryTakeAsync(CancellationToken stop)
    {
        // What stands there without an end would keep everybody waiting for ever.
        var condition = _odd < MaxOdd ? When.NotExists : When.Always;
        var reply = await link.AskAsync(redis => redis.StringSetAsync(name, _owner, Duration, when: condition), stop);
        if (reply is { IsAnswered: true, Value: true })
        {
            _held = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _renewing = RenewAsync(_held.Token);
        }

        return reply;
    }

    /// <summary>Whether somebody has it who will give it back.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken stop)
    {
        var reply = await link.AskAsync(redis => redis.KeyTimeToLiveAsync(name), stop);
        if (reply.Value is { } left)
        {
            _odd = left > LongestDuration ? MaxOdd : 0;
            return _odd == 0;
        }

        // Gone, or without an end: which of both shows when it is taken.
        _odd++;
        return false;
    }

    /// <summary>Gives it back if it is still ours.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_held is not { } held || _renewing is not { } renewing)
        {
            return;
        }

        _held = null;
        await held.CancelAsync();
        await renewing;
        held.Dispose();
        await link.AskAsync(redis => redis.LockReleaseAsync(name, _owner), CancellationToken.None);
    }

    private async Task RenewAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(RenewInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await link.AskAsync(redis => redis.LockExtendAsync(name, _owner, Duration), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
    }
}
