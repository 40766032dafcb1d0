using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TagGateway.Demo.Google;

/// <summary>Keeps the last 10,000 requests that the stand-in received; safe for any number of threads.</summary>
internal sealed class Recorder
{
    public const int Capacity = 10_000;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private readonly List<Waiter> _waiters = [];
    private readonly List<Channel<RecordedRequest>> _listeners = [];
    private long _count;

    /// <summary>False = nothing is kept, for load tests; <see cref="Count"/> still counts.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>All requests ever received, also those dropped or cleared since.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>A copy of what is kept, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Keeps the request, numbered; the oldest one goes when there are too many.</summary>
    public void Add(RecordedRequest request)
    {
        if (!Enabled)
        {
            Interlocked.Increment(ref _count);
            return;
        }

        // Numbered under the lock: whoever listens may rely on rising numbers.
        lock (_gate)
        {
            var numbered = request with { Number = Interlocked.Increment(ref _count) };
            if (_requests.Count == Capacity)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(numbered);
            _waiters.RemoveAll(waiter => waiter.TryFinish(numbered));
            foreach (var listener in _listeners)
            {
                listener.Writer.TryWrite(numbered);
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    /// <summary>The first <paramref name="count"/> kept or coming requests that match, as soon as there are so many.</summary>
    /// <exception cref="TimeoutException">They did not come within <paramref name="timeout"/> (default 10 s); the message lists what came.</exception>
    public async Task<IReadOnlyList<RecordedRequest>> WaitForAsync(
        Func<RecordedRequest, bool> predicate, int count = 1, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var waiter = new Waiter(predicate, count);
        lock (_gate)
        {
            if (count > 0 && !_requests.Any(waiter.TryFinish))
            {
                _waiters.Add(waiter);
            }
        }

        try
        {
            return count > 0 ? await waiter.Matches.WaitAsync(timeout ?? DefaultTimeout, cancellationToken) : [];
        }
        catch (TimeoutException)
        {
            var seen = string.Join(Environment.NewLine, Requests.Select(request => $"  {request.Method} {request.Host}{request.RawTarget}"));
            throw new TimeoutException($"Waited for {count} matching requests. Received:{Environment.NewLine}{seen}");
        }
        finally
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    /// <summary>Requests from now on, as they come. A listener that falls far behind misses the oldest.</summary>
    public async IAsyncEnumerable<RecordedRequest> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<RecordedRequest>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            _listeners.Add(channel);
        }

        try
        {
            await foreach (var request in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return request;
            }
        }
        finally
        {
            lock (_gate)
            {
                _listeners.Remove(channel);
            }
        }
    }

    /// <summary>One caller of <see cref="WaitForAsync"/>; only touched under the lock.</summary>
    private sealed class Waiter(Func<RecordedRequest, bool> predicate, int count)
    {
        private readonly List<RecordedRequest> _matches = [];
        private readonly TaskCompletionSource<IReadOnlyList<RecordedRequest>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IReadOnlyList<RecordedRequest>> Matches => _done.Task;

        public bool TryFinish(RecordedRequest request)
        {
            if (predicate(request))
            {
                _matches.Add(request);
            }

            return _matches.Count == count && _done.TrySetResult(_matches);
        }
    }
}
