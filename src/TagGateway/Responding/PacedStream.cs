using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace TagGateway.Responding;

/// <summary>The paced writer as a stream: what is written is flushed, and only written asynchronously.</summary>
/// <param name="writer">Gets the bytes.</param>
/// <param name="body">The server's, for what is no writing.</param>
internal sealed class PacedStream(PacedWriter writer, IHttpResponseBodyFeature body) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => body.Stream.Flush();

    public override async Task FlushAsync(CancellationToken cancellationToken) => ThrowIfCanceled(await writer.FlushAsync(cancellationToken));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        ThrowIfCanceled(await writer.WriteAsync(buffer, cancellationToken));

    public override void Write(byte[] buffer, int offset, int count) => body.Stream.Write(buffer, offset, count);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static void ThrowIfCanceled(FlushResult flush)
    {
        if (flush.IsCanceled)
        {
            throw new OperationCanceledException("The flush was canceled.");
        }
    }
}
