using System.Buffers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace TagGateway.Pages;

/// <summary>RFC 8878, one frame or several.</summary>
internal sealed class ZstdPageDecoder : PageDecoder
{
    /// <summary>8 MiB: more no decoder has to take over HTTP (RFC 9659 §3), and more a page could have the gateway keep.</summary>
    private const int MaxWindowLog = 23;

    private readonly Decompressor _zstd = new();
    private bool _isWhole;

    public ZstdPageDecoder() => _zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);

    public override bool TryDecode(ReadOnlyMemory<byte> coded, Span<byte> plain, out int consumed, out int written)
    {
        var status = _zstd.UnwrapStream(coded.Span, plain, out consumed, out written);
        if (consumed + written > 0)
        {
            // A call that does nothing counts for the beginning of another frame.
            _isWhole = status == OperationStatus.Done;
        }

        return status != OperationStatus.InvalidData;
    }

    public override bool End() => _isWhole;

    public override void Dispose() => _zstd.Dispose();
}
