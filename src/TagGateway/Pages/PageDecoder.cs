namespace TagGateway.Pages;

/// <summary>Makes plain bytes of a page's coded ones, as they come. Not for two threads at once.</summary>
internal abstract class PageDecoder : IDisposable
{
    /// <summary>Null for identity, which needs none.</summary>
    public static PageDecoder? Create(PageCoding coding) => coding switch
    {
        PageCoding.Gzip => new GzipPageDecoder(),
        PageCoding.Brotli => new BrotliPageDecoder(),
        PageCoding.Zstd => new ZstdPageDecoder(),
        _ => null,
    };

    /// <summary>Takes from <paramref name="coded"/> and fills <paramref name="plain"/>. To be called until it neither takes nor gives: then it waits for more, or ignores what
    /// follows the end. False for bytes that are not in this coding.</summary>
    /// <param name="coded">Only read during the call.</param>
    /// <param name="plain">Gets plain bytes.</param>
    /// <param name="consumed">How much was taken.</param>
    /// <param name="written">How much was given.</param>
    public abstract bool TryDecode(ReadOnlyMemory<byte> coded, Span<byte> plain, out int consumed, out int written);

    /// <summary>Whether the coded bytes were whole. Once, when no more come.</summary>
    public abstract bool End();

    public abstract void Dispose();
}
