using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using TagGateway.Limits;

namespace TagGateway.Pages;

/// <summary>Copies the body of an origin's response to the client, byte for byte. What the client does not take yet is read ahead as far as the memory
/// budget allows, so that a slow client does not hold the origin for a small response.</summary>
/// <param name="source">The origin's bytes; the caller's.</param>
/// <param name="client">The client's.</param>
/// <param name="lease">The request's memory.</param>
/// <param name="timeout">Ends the copy when the origin sends nothing for too long, and when the client has left.</param>
/// <param name="onSourceEnd">Called once, when the origin has sent everything.</param>
internal sealed class OriginBody(Stream source, PipeWriter client, MemoryLease lease, PagePatience timeout, Action onSourceEnd) : IDisposable
{
    /// <summary>As much as is read at a time, and ahead of the client, where memory is at hand; and where it is not.</summary>
    private const int UsualBytes = 64 * 1024;
    private const int LeastBytes = 8 * 1024;

    private byte[] _buffer = [];
    private Exception? _fault;

    /// <exception cref="IOException">The origin's bytes ended early; all that came has been passed on.</exception>
    /// <exception cref="OperationCanceledException">The client has left, or the origin was silent for too long.</exception>
    public async Task CopyAsync()
    {
        var size = lease.TakeUpTo(UsualBytes, LeastBytes);
        _buffer = ArrayPool<byte>.Shared.Rent(size);
        while (await ReadAsync(_buffer.AsMemory(0, size)) is > 0 and var read)
        {
            var writing = client.WriteAsync(_buffer.AsMemory(0, read), timeout.Token);
            if (!writing.IsCompletedSuccessfully)
            {
                await CopyAheadAsync(writing, size);
                return;
            }

            if (writing.Result.IsCompleted)
            {
                return;
            }
        }

        onSourceEnd();
    }

    public void Dispose() => ReturnBuffer();

    private ValueTask<int> ReadAsync(Memory<byte> buffer) => timeout.WaitAsync(source.ReadAsync(buffer, timeout.Token));

    /// <summary>From the first write on that the client lets wait: reading goes on beside writing.</summary>
    /// <param name="writing">What is being written.</param>
    /// <param name="size">How many bytes may be read ahead.</param>
    private async Task CopyAheadAsync(ValueTask<FlushResult> writing, int size)
    {
        var ahead = new Pipe(new PipeOptions(
            MemoryPool<byte>.Shared, pauseWriterThreshold: size, resumeWriterThreshold: size / 2, minimumSegmentSize: LeastBytes, useSynchronizationContext: false));
        var reading = ReadAheadAsync(ahead.Writer);
        try
        {
            var hasLeft = (await writing).IsCompleted;
            ReturnBuffer();
            if (!hasLeft)
            {
                await WriteAsync(ahead.Reader);
            }
        }
        finally
        {
            // Ends the reading, whatever it waits for.
            await ahead.Reader.CompleteAsync();
            await timeout.GiveUpAsync(reading);
        }

        if (_fault is not null)
        {
            ExceptionDispatchInfo.Throw(_fault);
        }
    }

    private async Task ReadAheadAsync(PipeWriter ahead)
    {
        try
        {
            while (await ReadAsync(ahead.GetMemory(LeastBytes)) is > 0 and var read)
            {
                ahead.Advance(read);
                if ((await ahead.FlushAsync()).IsCompleted)
                {
                    return;
                }
            }

            onSourceEnd();
        }
        catch (Exception error)
        {
            // Told when all that came before has been passed on.
            _fault = error;
        }
        finally
        {
            await ahead.CompleteAsync();
        }
    }

    private async Task WriteAsync(PipeReader ahead)
    {
        while (true)
        {
            var result = await ahead.ReadAsync();
            foreach (var piece in result.Buffer)
            {
                if ((await client.WriteAsync(piece, timeout.Token)).IsCompleted)
                {
                    return;
                }
            }

            ahead.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private void ReturnBuffer()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
