using System.Buffers;
using System.IO.Compression;
using Microsoft.Net.Http.Headers;
using TagGateway.Rewriting;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>The tag rule on the answer's side: JavaScript whose own blob names a tag that the site does not allow is never served from the
/// site's origin, whatever it was asked for by. What passes teaches the site's path keys.</summary>
internal sealed class ScriptGuard(PathKeys keys)
{
    /// <summary>Google's largest scripts are 0.7 MB; a container may be larger, hardly by this much.</summary>
    private const int MaxScriptBytes = 16 * 1024 * 1024;
    private const int ReadBytes = 64 * 1024;

    /// <summary>The JavaScript types of the MIME Sniffing Standard §4.6, by their last word: all that a browser runs under <c>nosniff</c>.</summary>
    private static readonly string[] JavaScriptTypes = ["javascript", "ecmascript", "x-javascript", "x-ecmascript", "jscript", "livescript"];

    /// <summary>Whole answers with JavaScript in them. A 206 is none: no browser runs it as a script that it did not ask a part of.</summary>
    public static bool Applies(HttpResponseMessage answer, string method) =>
        (int)answer.StatusCode is >= 200 and < 300 and not (204 or 205 or 206)
        && !HttpMethods.IsHead(method)
        && answer.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentType, out var types)
        && types.Any(IsJavaScript);

    /// <summary>The whole encoded body; <see cref="IOException"/> when it is over the limit.</summary>
    /// <param name="source">Google's answer.</param>
    /// <param name="timeout">Between two reads.</param>
    /// <param name="idle">The timer's own.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream source, TimeSpan timeout, CancellationTokenSource idle)
    {
        var body = new ArrayBufferWriter<byte>(ReadBytes);
        while (true)
        {
            idle.CancelAfter(timeout);
            var read = await source.ReadAsync(body.GetMemory(ReadBytes), idle.Token);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
            if (body.WrittenCount > MaxScriptBytes)
            {
                throw new IOException("The script is over the limit.");
            }
        }
    }

    /// <summary>Unreadable is refused: nobody knows whose it is.</summary>
    public ScriptVerdict Judge(Site site, HttpResponseMessage answer, ReadOnlyMemory<byte> script)
    {
        if (!TryDecode(answer, script, out var source))
        {
            return ScriptVerdict.Unreadable;
        }

        foreach (var blob in TagBlob.ReadAll(source.Span))
        {
            if (!IsAllowed(site, blob))
            {
                return TagId.TryParse(blob.Id, out var tag) ? ScriptVerdict.Foreign(tag) : ScriptVerdict.Unreadable;
            }

            if (blob.PathKey is not null)
            {
                keys.Learn(site, blob.PathKey);
            }
        }

        return ScriptVerdict.Serve;
    }

    /// <summary>A blob without any id is no tag's.</summary>
    private static bool IsAllowed(Site site, TagBlob blob) =>
        (blob.Id is null && blob.Aliases.Count == 0)
        || (TagId.TryParse(blob.Id, out var own) && site.Tags.Contains(own))
        || blob.Aliases.Any(alias => TagId.TryParse(alias, out var other) && site.Tags.Contains(other));

    private static bool IsJavaScript(string type)
    {
        var essence = type.AsSpan(0, type.AsSpan().IndexOf(';') is var end && end >= 0 ? end : type.Length).Trim();
        foreach (var word in JavaScriptTypes)
        {
            // Also "javascript1.5" and its like.
            if (essence.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryDecode(HttpResponseMessage answer, ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> decoded)
    {
        decoded = body;
        var coding = answer.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentEncoding, out var values) ? values.ToString().Trim() : "";
        if (coding.Length == 0 || coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        using var source = new MemoryStream(body.ToArray(), writable: false);
        using Stream? decoder = coding.ToLowerInvariant() switch
        {
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            _ => null,
        };
        return decoder is not null && TryReadAll(decoder, out decoded);
    }

    private static bool TryReadAll(Stream decoder, out ReadOnlyMemory<byte> decoded)
    {
        var text = new ArrayBufferWriter<byte>(ReadBytes);
        try
        {
            for (int read; (read = decoder.Read(text.GetSpan(ReadBytes))) > 0;)
            {
                text.Advance(read);
                if (text.WrittenCount > MaxScriptBytes)
                {
                    break;
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            text.Clear();
        }

        decoded = text.WrittenMemory;
        return text.WrittenCount is > 0 and <= MaxScriptBytes;
    }
}
