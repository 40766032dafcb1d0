using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Sanitizing;

namespace TagGateway.Upstream;

/// <summary>Tells an answer with a script in it from the others, and reads it whole, so that it can be judged before any of it is passed on.</summary>
internal static class ScriptAnswer
{
    /// <summary>Google's largest scripts are 0.7 MB; a container may be larger, hardly by this much.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Answers with JavaScript in them, parts of one too: browsers run a 206 that they did not ask for
    /// (web-platform-tests, fetch/range/partial-script).</summary>
    public static bool IsScript(HttpResponseMessage answer, string method) =>
        (int)answer.StatusCode is >= 200 and < 300 and not (204 or 205)
        && !HttpMethods.IsHead(method)
        && answer.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentType, out var types)
        && types.Any(type => JavaScriptType.Is(type));

    /// <summary>The source without its coding; false when it cannot be read, or is over the limit.</summary>
    /// <param name="answer">Google's, its headers.</param>
    /// <param name="body">The whole body, encoded as it came.</param>
    /// <param name="plain">Gets the source.</param>
    public static bool TryDecode(HttpResponseMessage answer, ReadOnlyMemory<byte> body, PooledBuffer plain)
    {
        var coding = answer.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentEncoding, out var values) ? values.ToString() : "";
        return ContentCodings.TryParse(coding, out var known) && Compression.TryDecode(known, body.Span, MaxBytes, plain);
    }

    /// <summary>The whole encoded body, to be disposed by the caller; null when it is over the limit. Throws what reading throws.</summary>
    /// <param name="source">Google's answer.</param>
    /// <param name="announced">Its Content-Length, if any.</param>
    /// <param name="timeout">Between two reads.</param>
    /// <param name="idle">The timer's own.</param>
    public static async Task<PooledBuffer?> TryReadAsync(Stream source, long? announced, TimeSpan timeout, CancellationTokenSource idle)
    {
        if (announced > MaxBytes)
        {
            return null;
        }

        var body = new PooledBuffer((int)(announced ?? 0) + 1);
        try
        {
            while (body.Length <= MaxBytes)
            {
                idle.CancelAfter(timeout);
                var room = body.GetMemory();
                var read = await source.ReadAsync(room[..Math.Min(room.Length, MaxBytes + 1 - body.Length)], idle.Token);
                if (read == 0)
                {
                    return body;
                }

                body.Advance(read);
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        body.Dispose();
        return null;
    }
}
