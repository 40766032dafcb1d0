using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace TagGateway.Receiving;

/// <summary>Tells Kestrel of a connection's end only when all that came before it has been read. Kestrel by itself refuses a body whose
/// sender has closed already ("unexpected end of request content"), though every byte of it is there: a hit sent while a page unloads.</summary>
internal sealed class DrainingPipeReader(PipeReader inner) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;

    /// <summary>How much was left after the last read although all of it had been looked at: the reader waits for more.</summary>
    private long _leftover = -1;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _leftover = _buffer.Slice(examined).IsEmpty ? _buffer.Slice(consumed).Length : -1;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override bool TryRead(out ReadResult result)
    {
        var has = inner.TryRead(out var read);
        result = has ? Drain(read) : default;
        return has;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = inner.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Drain(read.Result)) : AwaitAsync(read);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    [Obsolete("As the base class's. Kestrel learns by it that a browser has left.")]
    public override void OnWriterCompleted(Action<Exception?, object?> callback, object? state) => inner.OnWriterCompleted(callback, state);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "Awaited here, once.")]
    private async ValueTask<ReadResult> AwaitAsync(ValueTask<ReadResult> read) => Drain(await read);

    /// <summary>The end is told when nothing is left, or nothing has come since the reader asked for more.</summary>
    private ReadResult Drain(ReadResult read)
    {
        _buffer = read.Buffer;
        return read.IsCompleted && !read.IsCanceled && !read.Buffer.IsEmpty && read.Buffer.Length != _leftover
            ? new ReadResult(read.Buffer, isCanceled: false, isCompleted: false)
            : read;
    }
}
