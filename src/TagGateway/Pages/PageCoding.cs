namespace TagGateway.Pages;

/// <summary>The codings of a page that the gateway reads (RFC 9110 §8.4.1, RFC 8878). It makes all of them but zstd, which every browser takes br for.</summary>
internal enum PageCoding
{
    Identity,
    Gzip,
    Brotli,
    Zstd,
}
