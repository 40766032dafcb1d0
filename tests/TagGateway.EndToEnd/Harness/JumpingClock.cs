namespace TagGateway.EndToEnd.Harness;

/// <summary>The system's clock, put forward at will: what is kept grows old at once, while timers run as ever, so that timeouts and retries end by
/// themselves.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Interlocked.Read(ref _ahead) * ((double)TimestampFrequency / TimeSpan.TicksPerSecond));
}
