using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
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
    private static readonly SearchValues<string> JavaScriptTypes =
        SearchValues.Create(["javascript", "ecmascript", "jscript", "livescript"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers with JavaScript in them, parts of one too: browsers run a 206 that they did not ask for
    /// (web-platform-tests, fetch/range/partial-script).</summary>
    public static bool Applies(HttpResponseMessage answer, string method) =>
        (int)answer.StatusCode is >= 200 and < 300 and not (204 or 205)
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
        if (answer.StatusCode == HttpStatusCode.PartialContent)
        {
            // A part cannot be judged. It was asked for only where the request named a tag of the site.
            return answer.RequestMessage?.Headers.NonValidated.Contains(HeaderNames.Range) == true ? ScriptVerdict.Serve : ScriptVerdict.Unreadable;
        }

        if (!TryDecode(answer, script, out var source))
        {
            return ScriptVerdict.Unreadable;
        }

        var blobs = TagBlob.ReadAll(source.Span);
        foreach (var blob in blobs)
        {
            // A site that is switched off serves no script of its own either, though the token that asked for it could not be read.
            if (!IsAllowed(site, blob) || (!site.Enabled && blob.Id is not null))
            {
                return TagId.TryParse(blob.Id, out var tag) ? ScriptVerdict.Foreign(tag) : ScriptVerdict.Unreadable;
            }
        }

        foreach (var blob in blobs)
        {
            keys.Learn(site, blob.PathKey);
        }

        return ScriptVerdict.Serve;
    }

    /// <summary>A blob without any id is no tag's.</summary>
    private static bool IsAllowed(Site site, TagBlob blob) =>
        (blob.Id is null && blob.Aliases.Count == 0)
        || (TagId.TryParse(blob.Id, out var own) && site.Tags.Contains(own))
        || blob.Aliases.Any(alias => TagId.TryParse(alias, out var other) && site.Tags.Contains(other));

    /// <summary>Anywhere in the value: also "javascript1.5" and its like, and the second of two types, which is the one browsers take.</summary>
    private static bool IsJavaScript(string type) => type.AsSpan().ContainsAny(JavaScriptTypes);

    /// <summary>The codings that are asked for, and no other.</summary>
    private static bool TryDecode(HttpResponseMessage answer, ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> decoded)
    {
        decoded = body;
        var coding = answer.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentEncoding, out var values) ? values.ToString().Trim() : "";
        return coding.ToLowerInvariant() switch
        {
            "" or "identity" => true,
            _ when body.IsEmpty => true,
            "br" => TryDecodeBrotli(body.Span, out decoded),
            "gzip" or "x-gzip" => TryDecodeGzip(body, out decoded),
            _ => false,
        };
    }

    private static bool TryDecodeBrotli(ReadOnlySpan<byte> body, out ReadOnlyMemory<byte> decoded)
    {
        var text = new ArrayBufferWriter<byte>(ReadBytes);
        using var decoder = new BrotliDecoder();
        OperationStatus status;
        do
        {
            status = decoder.Decompress(body, text.GetSpan(ReadBytes), out var consumed, out var written);
            body = body[consumed..];
            text.Advance(written);
        }
        while (status == OperationStatus.DestinationTooSmall && text.WrittenCount <= MaxScriptBytes);

        decoded = text.WrittenMemory;
        return status == OperationStatus.Done && text.WrittenCount <= MaxScriptBytes;
    }

    private static bool TryDecodeGzip(ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> decoded)
    {
        var text = new ArrayBufferWriter<byte>(ReadBytes);
        try
        {
            using var decoder = new GZipStream(new MemoryStream(body.ToArray(), writable: false), CompressionMode.Decompress);
            for (int read; text.WrittenCount <= MaxScriptBytes && (read = decoder.Read(text.GetSpan(ReadBytes))) > 0;)
            {
                text.Advance(read);
            }
        }
        catch (InvalidDataException)
        {
            decoded = default;
            return false;
        }

        decoded = text.WrittenMemory;
        // GZipStream takes a cut stream for a whole one; its last bytes tell the length (RFC 1952 §2.3.1).
        return text.WrittenCount <= MaxScriptBytes && body.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(body.Span[^sizeof(uint)..]) == text.WrittenCount;
    }
}
