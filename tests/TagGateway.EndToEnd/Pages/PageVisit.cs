using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using TagGateway.EndToEnd.Harness;
using ZstdSharp;

namespace TagGateway.EndToEnd.Pages;

/// <summary>A website whose pages are rewritten, and a visitor's requests for them.</summary>
internal static class PageVisit
{
    public const string Html = "Content-Type: text/html; charset=utf-8\r\n";

    /// <param name="origin">The website.</param>
    /// <param name="page">The members of <c>page</c>.</param>
    /// <param name="root">Further members of the whole configuration.</param>
    public static Task<RunningGateway> StartAsync(RawUpstream origin, string page = "\"tag\": \"rewrite\"", string root = "") =>
        RunningGateway.StartAsync(origin.Address, $"\"origin\": \"{origin.Address}\", \"page\": {{ {page} }}", root);

    /// <param name="headers">Whole lines.</param>
    /// <param name="method">GET or HEAD.</param>
    public static string Get(string headers = "", string method = "GET") =>
        $"{method} /x HTTP/1.1\r\nHost: shop.example\r\nSec-Fetch-Dest: document\r\n{headers}Connection: close\r\n\r\n";

    public static byte[] Answer(string headers, byte[] body) =>
        [.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), .. body];

    public static void AnswerWith(this RawUpstream origin, byte[] answer) => origin.Answer = (_, stream) => stream.WriteAsync(answer).AsTask();

    /// <summary>One chunk of a body that is sent in chunks.</summary>
    public static async Task WriteChunkAsync(this Stream stream, byte[] bytes)
    {
        byte[] chunk = [.. Encoding.Latin1.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, 13, 10];
        await stream.WriteAsync(chunk);
    }

    /// <summary>Reads until the text has come; fails with what came instead.</summary>
    public static async Task<string> ReadUntilAsync(this NetworkStream stream, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var received = new StringBuilder();
        var buffer = new byte[4096];
        while (!received.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, patience.Token);
            Assert.True(read > 0, $"\"{text}\" did not come: {received}");
            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return received.ToString();
    }

    public static byte[] Encode(string? coding, byte[] plain)
    {
        var coded = new MemoryStream();
        using (var stream = Encoder(coding, coded))
        {
            stream.Write(plain);
        }

        return coded.ToArray();
    }

    /// <summary>Whose bytes can be read after each flush.</summary>
    public static Stream Encoder(string? coding, Stream target) => coding switch
    {
        "gzip" => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
        "br" => new BrotliStream(target, CompressionLevel.Optimal, leaveOpen: true),
        "zstd" => new CompressionStream(target, leaveOpen: true),
        _ => new BufferedStream(target),
    };

    public static byte[] Decode(string? coding, byte[] coded)
    {
        using var source = new MemoryStream(coded);
        using Stream decoder = coding switch
        {
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            null => source,
            _ => throw new ArgumentException(coding),
        };
        var plain = new MemoryStream();
        decoder.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>What can be read of a coded page that has not come whole.</summary>
    public static byte[] DecodeBeginning(string coding, byte[] coded)
    {
        var plain = new byte[1 << 20];
        if (coding == "br")
        {
            using var brotli = new BrotliDecoder();
            brotli.Decompress(coded, plain, out _, out var written);
            return plain[..written];
        }

        using var gzip = new GZipStream(new MemoryStream(coded), CompressionMode.Decompress);
        return plain[..gzip.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false)];
    }
}
