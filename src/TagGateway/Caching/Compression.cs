using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace TagGateway.Caching;

/// <summary>Makes one coding of a body out of another.</summary>
internal static class Compression
{
    private const int StepBytes = 64 * 1024;

    /// <summary>Against brotli 11 a tenth more bytes in a fortieth of the time (measured on real tag scripts).</summary>
    private const int BrotliQuality = 5;

    /// <summary>A fifth of the time of <see cref="BrotliQuality"/>, a sixth more bytes (measured on a script of 500 KB).</summary>
    private const int QuickBrotliQuality = 1;
    private const int BrotliWindow = 22;

    /// <summary>Head and tail (RFC 1952 §2.3): what is shorter has been cut, though four zeros of its head look like the length of nothing.</summary>
    private const int MinGzipBytes = 18;

    /// <summary>Writes the plain bytes of <paramref name="body"/>; of an empty one none, as browsers take it. False when it is not whole, not in this coding, larger than
    /// <paramref name="maxBytes"/>, or than there is room for; then <paramref name="plain"/> holds a part of it.</summary>
    public static bool TryDecode(ContentCoding coding, ReadOnlySpan<byte> body, int maxBytes, PooledBuffer plain) => coding switch
    {
        _ when body.IsEmpty => true,
        ContentCoding.Brotli => TryDecodeBrotli(body, maxBytes, plain),
        ContentCoding.Gzip => TryDecodeGzip(body, maxBytes, plain),
        _ => TryCopy(body, maxBytes, plain),
    };

    /// <param name="coding">The target's.</param>
    /// <param name="plain">Only read during the call.</param>
    /// <param name="target">Gets the encoded bytes.</param>
    /// <param name="isQuick">Rather in little time than in few bytes.</param>
    public static void Encode(ContentCoding coding, ReadOnlySpan<byte> plain, PooledBuffer target, bool isQuick = false)
    {
        switch (coding)
        {
            case ContentCoding.Brotli:
                EncodeBrotli(plain, target, isQuick ? QuickBrotliQuality : BrotliQuality);
                break;
            case ContentCoding.Gzip:
                using (var gzip = new GZipStream(new BufferStream(target), isQuick ? CompressionLevel.Fastest : CompressionLevel.Optimal))
                {
                    gzip.Write(plain);
                }

                break;
            default:
                target.Write(plain);
                break;
        }
    }

    private static bool TryCopy(ReadOnlySpan<byte> body, int maxBytes, PooledBuffer plain)
    {
        if (body.Length > maxBytes || !plain.TryReserve(body.Length))
        {
            return false;
        }

        plain.Write(body);
        return true;
    }

    private static bool TryDecodeBrotli(ReadOnlySpan<byte> body, int maxBytes, PooledBuffer plain)
    {
        using var decoder = new BrotliDecoder();
        OperationStatus status;
        do
        {
            if (!plain.TryReserve(StepBytes))
            {
                return false;
            }

            status = decoder.Decompress(body, UpTo(maxBytes, plain), out var consumed, out var written);
            body = body[consumed..];
            plain.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall && plain.Length <= maxBytes);

        return status == OperationStatus.Done && body.IsEmpty && plain.Length <= maxBytes;
    }

    /// <summary>Where to decode to: a byte beyond the limit shows that it is passed, and more is not worth the time.</summary>
    private static Span<byte> UpTo(int maxBytes, PooledBuffer plain)
    {
        var room = plain.GetSpan(StepBytes);
        return room[..(int)Math.Min(room.Length, maxBytes + 1L - plain.Length)];
    }

    private static unsafe bool TryDecodeGzip(ReadOnlySpan<byte> body, int maxBytes, PooledBuffer plain)
    {
        fixed (byte* start = body)
        {
            try
            {
                using var source = new UnmanagedMemoryStream(start, body.Length);
                using var decoder = new GZipStream(source, CompressionMode.Decompress);
                for (int read; plain.Length <= maxBytes && plain.TryReserve(StepBytes) && (read = decoder.Read(UpTo(maxBytes, plain))) > 0;)
                {
                    plain.Advance(read);
                }
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }

        // GZipStream takes a cut stream for a whole one; its last bytes tell the length (RFC 1952 §2.3.1).
        return !plain.LacksRoom && plain.Length <= maxBytes && body.Length >= MinGzipBytes && BinaryPrimitives.ReadUInt32LittleEndian(body[^sizeof(uint)..]) == plain.Length;
    }

    private static void EncodeBrotli(ReadOnlySpan<byte> plain, PooledBuffer target, int quality)
    {
        using var encoder = new BrotliEncoder(quality, BrotliWindow);
        OperationStatus status;
        do
        {
            status = encoder.Compress(plain, target.GetSpan(StepBytes), out var consumed, out var written, isFinalBlock: true);
            plain = plain[consumed..];
            target.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall);
    }

    /// <summary>The buffer as the stream that <see cref="GZipStream"/> writes to.</summary>
    private sealed class BufferStream(PooledBuffer target) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => target.Length;

        public override long Position
        {
            get => target.Length;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => target.Write(buffer);
    }
}
