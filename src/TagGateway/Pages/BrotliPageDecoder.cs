using System.Buffers;
using System.IO.Compression;

namespace TagGateway.Pages;

/// <summary>RFC 7932.</summary>
internal sealed class BrotliPageDecoder : PageDecoder
{
    private BrotliDecoder _brotli;
    private bool _isWhole;

    public override bool TryDecode(ReadOnlyMemory<byte> coded, Span<byte> plain, out int consumed, out int written)
    {
        if (_isWhole)
        {
            (consumed, written) = (0, 0);
            return true;
        }

        var status = _brotli.Decompress(coded.Span, plain, out consumed, out written);
        _isWhole = status == OperationStatus.Done;
        return status != OperationStatus.InvalidData;
    }

    public override bool End() => _isWhole;

    public override void Dispose() => _brotli.Dispose();
}
