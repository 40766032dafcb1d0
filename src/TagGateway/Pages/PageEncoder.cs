using System.Buffers;

namespace TagGateway.Pages;

/// <summary>Puts a page's plain bytes into a coding, as they come. Not for two threads at once.</summary>
internal abstract class PageEncoder : IDisposable
{
    /// <summary>Null for identity, which needs none.</summary>
    /// <param name="coding">Not zstd.</param>
    /// <param name="target">Gets the coded bytes, when the encoder sees fit.</param>
    public static PageEncoder? Create(PageCoding coding, IBufferWriter<byte> target) => coding switch
    {
        PageCoding.Gzip => new GzipPageEncoder(target),
        PageCoding.Brotli => new BrotliPageEncoder(target),
        _ => null,
    };

    /// <summary>What an encoder holds, about: for brotli its hash tables and window, for gzip (RFC 1952) zlib's.</summary>
    public static int MemoryBytes(PageCoding coding) => coding switch
    {
        PageCoding.Brotli => 1024 * 1024,
        PageCoding.Gzip => 256 * 1024,
        _ => 0,
    };

    public abstract void Write(ReadOnlySpan<byte> plain);

    /// <summary>Gives all that was written so far, so that a browser can read it.</summary>
    public abstract void Flush();

    /// <summary>Ends the coded bytes. Once.</summary>
    public abstract void End();

    public abstract void Dispose();
}
