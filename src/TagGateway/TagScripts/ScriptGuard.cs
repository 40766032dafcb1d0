using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using Microsoft.Net.Http.Headers;
using TagGateway.Rewriting;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>The tag rule on the answer's side: JavaScript whose own blob names a tag that the site does not allow is never served from the
/// site's origin, whatever it was asked for by. What passes teaches the site's path keys.</summary>
internal sealed class ScriptGuard(PathKeys keys)
{
    private const int ReadBytes = 64 * 1024;

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
                return TagId.TryParse(blob.Id, out var tag) ? ScriptVerdict.Foreign(GoogleScriptAddress.Of(tag)) : ScriptVerdict.Unreadable;
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
        while (status == OperationStatus.DestinationTooSmall && text.WrittenCount <= ScriptAnswer.MaxBytes);

        decoded = text.WrittenMemory;
        return status == OperationStatus.Done && text.WrittenCount <= ScriptAnswer.MaxBytes;
    }

    private static bool TryDecodeGzip(ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> decoded)
    {
        var text = new ArrayBufferWriter<byte>(ReadBytes);
        try
        {
            using var decoder = new GZipStream(new MemoryStream(body.ToArray(), writable: false), CompressionMode.Decompress);
            for (int read; text.WrittenCount <= ScriptAnswer.MaxBytes && (read = decoder.Read(text.GetSpan(ReadBytes))) > 0;)
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
        return text.WrittenCount <= ScriptAnswer.MaxBytes && body.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(body.Span[^sizeof(uint)..]) == text.WrittenCount;
    }
}
