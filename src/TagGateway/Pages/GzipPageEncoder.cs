using System.Buffers;
using System.IO.Compression;

namespace TagGateway.Pages;

/// <summary>RFC 1952.</summary>
internal sealed class GzipPageEncoder : PageEncoder
{
    private readonly Sink _sink;
    private readonly GZipStream _gzip;

    public GzipPageEncoder(IBufferWriter<byte> target)
    {
        _sink = new Sink(target);
        _gzip = new GZipStream(_sink, CompressionLevel.Fastest);
    }

    public override void Write(ReadOnlySpan<byte> plain) => _gzip.Write(plain);

    public override void Flush() => _gzip.Flush();

    public override void End() => _gzip.Dispose();

    public override void Dispose()
    {
        // The stream would end what was never to look whole.
        _sink.IsClosed = true;
        _gzip.Dispose();
    }

    private sealed class Sink(IBufferWriter<byte> target) : Stream
    {
        public bool IsClosed { get; set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!IsClosed)
            {
                target.Write(buffer);
            }
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
