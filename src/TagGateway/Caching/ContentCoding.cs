namespace TagGateway.Caching;

/// <summary>The codings of a body that the gateway reads and makes (RFC 9110 §8.4.1). Not zstd: every browser that takes it takes br as well,
/// which is smaller for these scripts and what Google sends.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}
