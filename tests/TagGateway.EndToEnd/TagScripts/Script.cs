using System.IO.Compression;
using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>Scripts as Google might answer them: who they say they are, and a word that must not reach the browser when they are foreign.</summary>
internal static class Script
{
    /// <summary>In every foreign script, none of it compressible away.</summary>
    public const string Evil = "evil-9f3c61";

    public static readonly byte[] PathKey = [.. Enumerable.Range(0, 32).Select(i => (byte)((i * 37) + 11))];

    public static string Of(string id, string aliases = "", bool hasKey = false)
    {
        var key = hasKey ? $",\"58\":\"{Convert.ToBase64String(PathKey)}\"" : "";
        var word = id.Contains("EVIL", StringComparison.Ordinal) ? Evil : "own";
        return $$$"""(function(){var data={"entities":1,"blob":{"1":"1","10":"{{{aliases}}}","5":"{{{id}}}"{{{key}}}}};/*{{{word}}}*/})();""";
    }

    public static readonly string Foreign = Of("GTM-EVIL");

    /// <summary>Google's opaque path segment (contract §9.3).</summary>
    public static string Token(string text, byte[]? key = null)
    {
        var with = key ?? PathKey;
        byte[] plain = [.. with[^2..], .. Encoding.UTF8.GetBytes(text)];
        byte[] hidden = [.. plain.Select((value, i) => (byte)(value ^ with[i % with.Length])), .. with[^2..]];
        return System.Buffers.Text.Base64Url.EncodeToString(hidden);
    }

    public static byte[] Encode(string script, string coding)
    {
        var bytes = Encoding.UTF8.GetBytes(script);
        var encoded = new MemoryStream();
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(encoded, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(encoded, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(encoded, CompressionLevel.Optimal, leaveOpen: true),
            _ => encoded,
        })
        {
            encoder.Write(bytes);
        }

        return encoded.ToArray();
    }

    /// <param name="body">As it came.</param>
    /// <param name="coding">The value of its Content-Encoding; null: none.</param>
    /// <param name="isUtf8">False: one character for each byte.</param>
    public static string Decode(byte[] body, string? coding, bool isUtf8 = false)
    {
        using var encoded = new MemoryStream(body);
        using Stream decoder = coding switch
        {
            "gzip" => new GZipStream(encoded, CompressionMode.Decompress),
            "br" => new BrotliStream(encoded, CompressionMode.Decompress),
            _ => encoded,
        };
        using var plain = new MemoryStream();
        decoder.CopyTo(plain);
        return (isUtf8 ? Encoding.UTF8 : Encoding.Latin1).GetString(plain.ToArray());
    }

    /// <summary>A whole 200 with these header lines, each with its end of line.</summary>
    public static byte[] Answer(string headers, ReadOnlySpan<byte> body) =>
        [.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), .. body];

    public static void AnswerWith(this RawUpstream upstream, byte[] answer) => upstream.Answer = (_, stream) => stream.WriteAsync(answer).AsTask();

    /// <summary>The same, but each request waits for one of <paramref name="releases"/>.</summary>
    public static void AnswerWith(this RawUpstream upstream, byte[] answer, SemaphoreSlim releases) => upstream.Answer = async (_, stream) =>
    {
        await releases.WaitAsync();
        await stream.WriteAsync(answer);
    };

    /// <summary>Not a byte of the foreign script came; where it can be named, the browser is sent to Google for it, uncached.</summary>
    public static void AssertNotServed(RawResponse response)
    {
        Assert.True(response.Status is 302 or 400 or 404 or 502, response.Head);
        Assert.DoesNotContain(Evil, response.Head + response.Text, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Header("Cache-Control"));
        if (response.Status == 302)
        {
            Assert.StartsWith("https://www.googletagmanager.com/", response.Header("Location"), StringComparison.Ordinal);
        }
    }
}
