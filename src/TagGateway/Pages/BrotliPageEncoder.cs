using System.Buffers;
using System.IO.Compression;

namespace TagGateway.Pages;

/// <summary>RFC 7932.</summary>
internal sealed class BrotliPageEncoder(IBufferWriter<byte> target) : PageEncoder
{
    /// <summary>What web servers take for what is compressed while somebody waits.</summary>
    private const int Quality = 4;

    /// <summary>256 KiB looked back on: more costs memory for each page under way, and pages gain little.</summary>
    private const int Window = 18;

    private BrotliEncoder _brotli = new(Quality, Window);

    public override void Write(ReadOnlySpan<byte> plain) => Compress(plain, isEnd: false);

    public override void Flush()
    {
        OperationStatus status;
        do
        {
            status = _brotli.Flush(target.GetSpan(), out var written);
            target.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall);
    }

    public override void End() => Compress([], isEnd: true);

    public override void Dispose() => _brotli.Dispose();

    private void Compress(ReadOnlySpan<byte> plain, bool isEnd)
    {
        OperationStatus status;
        do
        {
            status = _brotli.Compress(plain, target.GetSpan(), out var consumed, out var written, isEnd);
            plain = plain[consumed..];
            target.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall);
    }
}
