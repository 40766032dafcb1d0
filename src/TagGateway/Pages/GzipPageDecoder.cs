using System.IO.Compression;

namespace TagGateway.Pages;

/// <summary>RFC 1952, one member or several. The framework has gzip as a stream only: this one is fed by hand, and takes up again where its source ran dry.</summary>
internal sealed class GzipPageDecoder : PageDecoder
{
    /// <summary>Begins no member, and whatever it is within one ends it badly or not at all.</summary>
    private static readonly byte[] Nothing = [0xFF, 0xFF];

    private readonly Feed _feed = new();
    private readonly GZipStream _gzip;

    public GzipPageDecoder() => _gzip = new GZipStream(_feed, CompressionMode.Decompress);

    public override bool TryDecode(ReadOnlyMemory<byte> coded, Span<byte> plain, out int consumed, out int written)
    {
        _feed.Rest = coded;
        written = 0;
        try
        {
            written = _gzip.Read(plain);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        finally
        {
            consumed = coded.Length - _feed.Rest.Length;
            _feed.Rest = default;
        }
    }

    /// <summary>The stream takes a cut member for a whole one. But only behind a whole one does it leave alone what follows: within, it asks for still more.</summary>
    public override bool End()
    {
        Span<byte> plain = stackalloc byte[16];
        _feed.Asked = 0;
        return TryDecode(Nothing, plain, out _, out var written) && written == 0 && _feed.Asked <= 1;
    }

    public override void Dispose() => _gzip.Dispose();

    private sealed class Feed : Stream
    {
        public ReadOnlyMemory<byte> Rest { get; set; }

        public int Asked { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            Asked++;
            var count = Math.Min(buffer.Length, Rest.Length);
            Rest.Span[..count].CopyTo(buffer);
            Rest = Rest[count..];
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
