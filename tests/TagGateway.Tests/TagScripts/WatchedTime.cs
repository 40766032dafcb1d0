using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TagGateway.Tests.TagScripts;

/// <summary>A clock that stands still until a test moves it, or something waits for a moment only: the pause before a retry.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    /// <summary>Of real time; a test that gets there has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<TimeSpan> _moments = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < Moment && period == Timeout.InfiniteTimeSpan)
        {
            _moments.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>Lets each moment pass until the task is done.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        while (true)
        {
            using var done = new CancellationTokenSource();
            var moment = _moments.Reader.ReadAsync(done.Token).AsTask();
            var ended = await Task.WhenAny(task, moment).WaitAsync(Patience);
            await done.CancelAsync();
            if (ended == task)
            {
                return await task;
            }

            Advance(Moment);
        }
    }
}
