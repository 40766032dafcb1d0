using System.Buffers;
using TagGateway.Limits;

namespace TagGateway.Pages;

/// <summary>A page's bytes as the website sends them, as many at a time as are at hand.</summary>
internal sealed class PageSource : IAsyncDisposable
{
    private const int UsualBytes = 64 * 1024;

    /// <summary>Where the client holds much memory already, or little is left.</summary>
    private const int LeastBytes = 16 * 1024;

    /// <summary>Of a page whose length is known: one that is at hand as a whole is the quickest.</summary>
    private const int MostBytes = 256 * 1024;

    private readonly Stream _stream;
    private readonly long? _length;
    private readonly PagePatience _patience;
    private readonly int _size;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private long _count;

    /// <summary>Puts its bytes behind <see cref="_end"/>.</summary>
    private Task<int>? _pending;

    /// <param name="stream">The caller's.</param>
    /// <param name="length">So many come; null: nobody knows.</param>
    /// <param name="lease">The request's memory.</param>
    /// <param name="patience">How long the website may be silent.</param>
    public PageSource(Stream stream, long? length, MemoryLease lease, PagePatience patience)
    {
        (_stream, _length, _patience) = (stream, length, patience);
        _size = lease.TakeUpTo((int)Math.Clamp(length ?? UsualBytes, UsualBytes, MostBytes), LeastBytes);
        _buffer = ArrayPool<byte>.Shared.Rent(_size);
    }

    /// <summary>What came and was not taken.</summary>
    public ReadOnlyMemory<byte> AtHand => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Nothing comes behind what is at hand.</summary>
    public bool IsLast => HasEnded || _count == _length;

    /// <summary>The website has said so.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Reads what comes without waiting, as far as there is room.</summary>
    public void Fill()
    {
        while (!HasEnded && _end < _size)
        {
            var reading = _pending is null ? StartReading() : new ValueTask<int>(_pending);
            if (!reading.IsCompletedSuccessfully)
            {
                _pending ??= reading.AsTask();
                return;
            }

            Count(reading.Result);
        }
    }

    /// <summary>Waits for more, or for the end.</summary>
    /// <exception cref="IOException">It ended early.</exception>
    /// <exception cref="OperationCanceledException">The visitor has left, or the website was silent for too long.</exception>
    public async ValueTask WaitAsync()
    {
        _pending ??= StartReading().AsTask();
        Count(await _patience.WaitAsync(new ValueTask<int>(_pending)));
    }

    /// <summary>What was at hand has been used.</summary>
    public void Take() => (_start, _end) = _pending is null ? (0, 0) : (_end, _end);

    public async ValueTask DisposeAsync()
    {
        if (_pending is not null)
        {
            await _patience.GiveUpAsync(_pending);
        }

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private ValueTask<int> StartReading() => _stream.ReadAsync(_buffer.AsMemory(_end, _size - _end), _patience.Token);

    private void Count(int read)
    {
        _pending = null;
        _end += read;
        _count += read;
        HasEnded = read == 0;
    }
}
