using System.Collections.Concurrent;
using System.Diagnostics;

namespace TagGateway.Attacks.Crowds;

/// <summary>What became of responses that nobody reads.</summary>
internal sealed class UnreadCounts
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _asked;
    private int _answered;
    private int _completed;
    private int _reset;
    private readonly ConcurrentDictionary<string, int> _codes = new();
    private long _bodyBytes;
    private long _firstResetTicks;
    private long _lastResetTicks;

    public int Asked => _asked;

    /// <summary>Responses whose headers came.</summary>
    public int Answered => _answered;

    /// <summary>Responses that came whole.</summary>
    public int Completed => _completed;

    /// <summary>Responses that the server gave up.</summary>
    public int Reset => _reset;

    public long BodyBytes => Interlocked.Read(ref _bodyBytes);

    /// <summary>Since the start of the attack; null: none was reset.</summary>
    public TimeSpan? FirstReset => Reset == 0 ? null : TimeSpan.FromTicks(_firstResetTicks);

    public TimeSpan? LastReset => Reset == 0 ? null : TimeSpan.FromTicks(_lastResetTicks);

    /// <summary>The error codes of HTTP/2 that came (RFC 9113 §7): <c>RST_STREAM.8:100</c>; a dash: none.</summary>
    public string Codes => _codes.IsEmpty ? "-" : string.Join(',', _codes.Select(pair => $"{pair.Key}:{pair.Value}"));

    public void AddCode(string frame, uint code) => _codes.AddOrUpdate($"{frame}.{code}", 1, (_, count) => count + 1);

    public void AddAsked() => Interlocked.Increment(ref _asked);

    public void AddAnswered() => Interlocked.Increment(ref _answered);

    public void AddCompleted() => Interlocked.Increment(ref _completed);

    public void AddBody(int bytes) => Interlocked.Add(ref _bodyBytes, bytes);

    /// <param name="count">Responses given up at once.</param>
    public void AddReset(int count)
    {
        if (count > 0)
        {
            Interlocked.CompareExchange(ref _firstResetTicks, _clock.Elapsed.Ticks, 0);
            Interlocked.Exchange(ref _lastResetTicks, _clock.Elapsed.Ticks);
            Interlocked.Add(ref _reset, count);
        }
    }
}
