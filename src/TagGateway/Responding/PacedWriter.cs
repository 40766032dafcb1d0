using System.IO.Pipelines;

namespace TagGateway.Responding;

/// <summary>Writes to the server's response in pieces that grow as the client takes them: the first small ones are all that a client costs that takes nothing.</summary>
/// <param name="inner">The server's.</param>
/// <param name="stall">Runs while a piece waits for the client.</param>
internal sealed class PacedWriter(PipeWriter inner, StallTimeout stall) : PipeWriter
{
    /// <summary>One block of the server's memory pool.</summary>
    private const int FirstPieceBytes = 4 * 1024;

    /// <summary>The largest HTTP/2 frame that clients usually take, and TLS record.</summary>
    private const int LargestPieceBytes = 16 * 1024;

    private int _pieceBytes = FirstPieceBytes;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => Pace(inner.FlushAsync(cancellationToken));

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        source.Length <= _pieceBytes ? Pace(inner.WriteAsync(source, cancellationToken)) : WritePiecesAsync(source, cancellationToken);

    private async ValueTask<FlushResult> WritePiecesAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        FlushResult result;
        do
        {
            var piece = source[..Math.Min(_pieceBytes, source.Length)];
            source = source[piece.Length..];
            result = await Pace(inner.WriteAsync(piece, cancellationToken));
        }
        while (!source.IsEmpty && !result.IsCompleted && !result.IsCanceled);

        return result;
    }

    private ValueTask<FlushResult> Pace(ValueTask<FlushResult> flush)
    {
        if (!flush.IsCompletedSuccessfully)
        {
            return WaitAsync(flush);
        }

        _pieceBytes = Math.Min(_pieceBytes * 2, LargestPieceBytes);
        return flush;
    }

    private async ValueTask<FlushResult> WaitAsync(ValueTask<FlushResult> flush)
    {
        stall.Start();
        try
        {
            var result = await flush;
            _pieceBytes = Math.Min(_pieceBytes * 2, LargestPieceBytes);
            return result;
        }
        finally
        {
            stall.Stop();
        }
    }
}
