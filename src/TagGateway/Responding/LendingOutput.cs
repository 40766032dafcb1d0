using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using TagGateway.Caching;

namespace TagGateway.Responding;

/// <summary>The sending side of an HTTP/1.1 connection without TLS. What is written goes to the socket as soon as it is flushed, on the thread that
/// flushes; a stored body can be lent to it, which the kernel then sends from where it lies. A flush is complete when the kernel has everything.</summary>
/// <param name="socket">Nothing else sends on it.</param>
/// <param name="transport">The server's own output, through which nothing goes: its end closes the socket.</param>
/// <param name="stall">Ends the connection when the client takes nothing.</param>
internal sealed class LendingOutput(Socket socket, PipeWriter transport, StallTimeout stall) : PipeWriter
{
    /// <summary>A page that streams comes in pieces of 64 KB: few buffers a piece, and one for an ordinary answer.</summary>
    private const int BufferBytes = 16 * 1024;

    /// <summary>Sent by copying each time the socket was full: waiting for room is only to be had together with sending.</summary>
    private const int PieceBytes = 16 * 1024;

    /// <summary>Handed out in place of a lent body, for the server to account for; nobody reads it.</summary>
    private static readonly byte[] Void = new byte[BufferBytes];

    // Thresholds of one byte: a flush is pending until all was sent. The reader runs inline, in the flush: no other thread to wake up.
    private readonly Pipe _pipe = new(new PipeOptions(
        MemoryPool<byte>.Shared, readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.ThreadPool,
        pauseWriterThreshold: 1, resumeWriterThreshold: 1, minimumSegmentSize: BufferBytes, useSynchronizationContext: false));

    private readonly List<ArraySegment<byte>> _segments = [];

    /// <summary>How many bytes have gone into the pipe, and how many of these have left it.</summary>
    private long _written;
    private long _sent;

    private StoredBytes? _offered;
    private bool _isOfferSeen;

    /// <summary>Comes after so many bytes of the pipe; one of these is its head's last, not flushed when the body is lent.</summary>
    private long _lentAt;
    private StoredBytes? _lent;
    private bool _isEnded;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _pipe.Writer.UnflushedBytes;

    /// <summary>Makes the next <see cref="GetMemory"/> and <see cref="Advance"/> mean <paramref name="body"/>: whatever stands between the caller and this
    /// writer counts its bytes and moves none. The caller flushes, and then withdraws the offer in any case.</summary>
    /// <returns>False when it must be copied: nothing before it waits to be flushed, or another is being sent.</returns>
    /// <param name="body">A file. The caller has a reference until the offer is withdrawn.</param>
    public bool TryOffer(StoredBytes body)
    {
        var canLend = body.File is not null && Volatile.Read(ref _lent) is null && _pipe.Writer.UnflushedBytes > 0;
        (_offered, _isOfferSeen) = (canLend ? body : null, false);
        return canLend;
    }

    /// <summary>Whether memory was asked for since the offer. If not, something else stands at the end of the response's writer.</summary>
    public bool IsOfferSeen => _isOfferSeen;

    public void Withdraw() => _offered = null;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        _isOfferSeen |= _offered is not null;
        return _offered is null ? _pipe.Writer.GetMemory(sizeHint) : Void;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Either bytes of the memory handed out or, after an offer, the whole body.</summary>
    public override void Advance(int bytes)
    {
        if (_offered is { } body)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(bytes, body.Length);
            _offered = null;
            Lend(body);
            return;
        }

        _pipe.Writer.Advance(bytes);
        _written += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => _pipe.Writer.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => _pipe.Writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => _pipe.Writer.Complete(exception);

    /// <summary>Sends until the writer is completed or the connection broken. To be started before anything is written.</summary>
    public async Task SendAsync()
    {
        Exception? fault = null;
        try
        {
            while (await SendNextAsync())
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The visitor has left, or the server has dropped the connection: no error. Who writes learns it by the end of the pipe.
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        Volatile.Write(ref _isEnded, true);
        Interlocked.Exchange(ref _lent, null)?.Release();
        await _pipe.Reader.CompleteAsync();
        await transport.CompleteAsync(fault);
    }

    private void Lend(StoredBytes body)
    {
        if (body.TryRetain())
        {
            _lentAt = _written;
            Interlocked.Exchange(ref _lent, body);
            if (Volatile.Read(ref _isEnded))
            {
                Interlocked.Exchange(ref _lent, null)?.Release();
            }
        }
    }

    /// <summary>What was flushed, as far as the lent body; and that body.</summary>
    /// <returns>False at the end.</returns>
    private async ValueTask<bool> SendNextAsync()
    {
        var result = await _pipe.Reader.ReadAsync();
        var bytes = result.Buffer;
        var body = Volatile.Read(ref _lent);
        if (body is not null && _lentAt <= _sent + bytes.Length)
        {
            bytes = bytes.Slice(0, _lentAt - _sent);
            await SendHeadAsync(bytes);
            await SendFileAsync(body);
            _sent += bytes.Length;
            Interlocked.Exchange(ref _lent, null)?.Release();
            _pipe.Reader.AdvanceTo(bytes.End);
            return true;
        }

        await SendAsync(bytes);
        _sent += bytes.Length;
        _pipe.Reader.AdvanceTo(bytes.End);
        return !result.IsCompleted;
    }

    private async ValueTask SendAsync(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            if (!bytes.IsEmpty)
            {
                await WaitAsync(socket.SendAsync(bytes.First));
            }

            return;
        }

        foreach (var segment in bytes)
        {
            _segments.Add(MemoryMarshal.TryGetArray(segment, out var array) ? array : throw new InvalidOperationException("The shared pool's memory is not an array."));
        }

        await WaitAsync(new ValueTask<int>(socket.SendAsync(_segments, SocketFlags.None)));
        _segments.Clear();
    }

    private ValueTask<int> WaitAsync(ValueTask<int> sending) => sending.IsCompleted ? sending : WaitForClientAsync(sending);

    private async ValueTask<int> WaitForClientAsync(ValueTask<int> sending)
    {
        stall.Start();
        try
        {
            return await sending;
        }
        finally
        {
            stall.Stop();
        }
    }

    /// <summary>Together with what follows, if the kernel has room.</summary>
    private async ValueTask SendHeadAsync(ReadOnlySequence<byte> head)
    {
        // It is so already, since the server has received by it; this is to be sure that the calls below never wait.
        socket.Blocking = false;
        var sent = head.IsSingleSegment ? Math.Max(0, SocketCalls.SendMore(socket.SafeHandle, head.FirstSpan)) : 0;
        if (sent < head.Length)
        {
            await SendAsync(head.Slice(sent));
        }
    }

    private async ValueTask SendFileAsync(StoredBytes body)
    {
        var sent = 0;
        while (sent < body.Length)
        {
            var count = SocketCalls.SendFile(socket.SafeHandle, body.File!, sent, body.Length - sent); // only files are lent
            if (count <= 0)
            {
                count = await WaitAsync(socket.SendAsync(body.Memory.Slice(sent, Math.Min(PieceBytes, body.Length - sent))));
            }

            sent += count;
        }
    }
}
