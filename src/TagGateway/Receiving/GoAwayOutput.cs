using System.Buffers.Binary;
using System.IO.Pipelines;

namespace TagGateway.Receiving;

/// <summary>The sending side of an HTTP/2 connection. On request it puts a GOAWAY between two of the server's frames that gives up no stream (RFC 9113
/// §6.8): the client opens further streams elsewhere, and those that are on their way already are served. Kestrel's own graceful close says the same, but
/// ends the connection as soon as no stream is open, and gives up those that the client has just opened.</summary>
/// <param name="inner">The connection's. The server calls one method at a time.</param>
internal sealed class GoAwayOutput(PipeWriter inner) : PipeWriter
{
    private const int FrameHeaderBytes = 9;
    private const int TypeOffset = 3;
    private const int FlagsOffset = 4;
    private const byte HeadersType = 1;
    private const byte GoAwayType = 7;
    private const byte ContinuationType = 9;
    private const byte EndHeadersFlag = 4;

    /// <summary>Length 8, type, no flags, stream 0; the last stream is the highest there can be, and the error is none.</summary>
    private static readonly byte[] GoAway = [0, 0, 8, GoAwayType, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0];

    private readonly byte[] _header = new byte[FrameHeaderBytes];
    private volatile bool _isRequested;
    private bool _isSent;

    /// <summary>What the server writes next; empty before it has asked for it.</summary>
    private Memory<byte> _memory;
    private int _headerLength;
    private int _payloadLeft;

    /// <summary>CONTINUATION frames must follow, and nothing else may come between (RFC 9113 §6.10).</summary>
    private bool _isHeaderBlockOpen;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    private bool IsBetweenFrames => _headerLength == 0 && _payloadLeft == 0 && !_isHeaderBlockOpen;

    /// <summary>Sends the GOAWAY before the next frame; once, how often ever it is requested. To be called while a request is being served: a client that is
    /// told before its first request would only connect again. May be called on any thread.</summary>
    public void RequestGoAway() => _isRequested = true;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_isRequested && !_isSent && IsBetweenFrames)
        {
            _isSent = true;
            GoAway.CopyTo(inner.GetSpan(GoAway.Length));
            inner.Advance(GoAway.Length);
        }

        return _memory = inner.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        Follow(_memory.Span[..bytes]);
        _memory = _memory[bytes..];
        inner.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    [Obsolete("As the base class's.")]
    public override void OnReaderCompleted(Action<Exception?, object?> callback, object? state) => inner.OnReaderCompleted(callback, state);

    /// <summary>Keeps count of where a frame begins.</summary>
    private void Follow(ReadOnlySpan<byte> written)
    {
        while (written.Length > 0)
        {
            if (_payloadLeft > 0)
            {
                var passed = Math.Min(_payloadLeft, written.Length);
                _payloadLeft -= passed;
                written = written[passed..];
                continue;
            }

            var taken = Math.Min(FrameHeaderBytes - _headerLength, written.Length);
            written[..taken].CopyTo(_header.AsSpan(_headerLength));
            _headerLength += taken;
            written = written[taken..];
            if (_headerLength == FrameHeaderBytes)
            {
                BeginFrame();
            }
        }
    }

    private void BeginFrame()
    {
        _headerLength = 0;
        _payloadLeft = BinaryPrimitives.ReadInt32BigEndian(_header) >> 8;
        if (_header[TypeOffset] is HeadersType or ContinuationType)
        {
            _isHeaderBlockOpen = (_header[FlagsOffset] & EndHeadersFlag) == 0;
        }

        // The server's own GOAWAY may give up streams, and a later one must not take that back.
        _isSent |= _header[TypeOffset] == GoAwayType;
    }
}
