using Microsoft.Extensions.Time.Testing;

namespace TagGateway.Tests.Upstream;

/// <summary>A body that comes a byte at a time, each after the same time of a clock that nothing else moves.</summary>
/// <param name="time">The clock.</param>
/// <param name="pause">Before each byte.</param>
/// <param name="bytes">How many there are.</param>
internal sealed class DrippingStream(FakeTimeProvider time, TimeSpan pause, int bytes) : MemoryStream
{
    private int _given;

    public override bool CanSeek => false;

    /// <summary>Bytes that were taken.</summary>
    public int Given => _given;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given == bytes)
        {
            return new ValueTask<int>(0);
        }

        time.Advance(pause);
        cancellationToken.ThrowIfCancellationRequested();
        buffer.Span[0] = (byte)' ';
        _given++;
        return new ValueTask<int>(1);
    }
}
