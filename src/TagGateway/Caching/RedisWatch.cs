using TagGateway.Configuration;

namespace TagGateway.Caching;

/// <summary>Looks after the connection to Redis in the background: connects when the configuration says so, follows the other gateways' purges, and finds out
/// when Redis is back.</summary>
internal sealed class RedisWatch(
    CurrentSettings settings, RedisLink link, RedisHealth health, ScriptPurge purge, TimeProvider time, ILogger<RedisWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A purge whose message was lost is found by then; without a subscription it is looked for at each <see cref="Interval"/>.</summary>
    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(5);

    /// <summary>A connection that has not come back by itself is made anew: its address may be another one by now.</summary>
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private long _followed;
    private long _connected;
    private bool _wasHearing;

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isAwoken = true;
        while (true)
        {
            await LookAsync(isAwoken, stoppingToken);
            isAwoken = await _wake.WaitAsync(Interval, stoppingToken);
        }
    }

    private async Task LookAsync(bool isAwoken, CancellationToken stop)
    {
        try
        {
            await ConnectAsync(settings.Value.Redis);
            var isHearing = link.IsHearing(SharedKeys.PurgeChannel);
            var mayHaveMissed = isAwoken || !isHearing || !_wasHearing || !health.IsAnswering;
            _wasHearing = isHearing;
            if (link.Target is not null && (mayHaveMissed || time.GetElapsedTime(_followed) >= FollowInterval))
            {
                _followed = time.GetTimestamp();
                await purge.FollowAsync(stop);
            }
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            logger.RedisWatchBroke(error);
        }
    }

    private async Task ConnectAsync(RedisTarget? target)
    {
        var isSame = target is null ? link.Target is null : target.IsSame(link.Target);
        var isLost = health.State == RedisState.Down && health.Since >= RenewAfter && time.GetElapsedTime(_connected) >= RenewAfter;
        if (isSame && !isLost)
        {
            return;
        }

        if (target is null)
        {
            health.TurnedOff();
        }
        else if (!isSame)
        {
            health.Connecting();
        }

        _connected = time.GetTimestamp();
        await link.LeadToAsync(target, SharedKeys.PurgeChannel, Wake);
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake already, or the gateway has stopped.
        }
    }
}
