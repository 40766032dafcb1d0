using System.IO.Compression;
using System.Security.Cryptography;

namespace TagGateway.Demo.Google;

/// <summary>A script in the encodings that were asked for so far.</summary>
internal sealed class CompressedScript(byte[] script)
{
    private readonly string _hash = Convert.ToHexStringLower(SHA256.HashData(script))[..16];
    private readonly Lazy<byte[]> _brotli = new(() => Compress(script, output => new BrotliStream(output, CompressionLevel.Optimal)));
    private readonly Lazy<byte[]> _gzip = new(() => Compress(script, output => new GZipStream(output, CompressionLevel.Optimal)));

    /// <summary>Brotli before gzip before none; an encoding with <c>q=0</c> does not count.</summary>
    public (string? Encoding, byte[] Body, string ETag) For(string acceptEncoding) =>
        Accepts(acceptEncoding, "br") ? ("br", _brotli.Value, $"\"{_hash}-br\"")
        : Accepts(acceptEncoding, "gzip") ? ("gzip", _gzip.Value, $"\"{_hash}-gzip\"")
        : (null, script, $"\"{_hash}\"");

    private static bool Accepts(string acceptEncoding, string encoding) => acceptEncoding.Split(',').Any(part =>
    {
        var pieces = part.Split(';', StringSplitOptions.TrimEntries);
        return pieces[0].Equals(encoding, StringComparison.OrdinalIgnoreCase) && !pieces.Skip(1).Any(piece => piece is "q=0" or "q=0.0" or "q=0.00" or "q=0.000");
    });

    private static byte[] Compress(byte[] script, Func<Stream, Stream> open)
    {
        using var output = new MemoryStream();
        using (var stream = open(output))
        {
            stream.Write(script);
        }

        return output.ToArray();
    }
}
