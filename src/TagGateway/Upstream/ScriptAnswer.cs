using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Upstream;

/// <summary>Tells an answer with a script in it from the others, and reads it whole, so that it can be judged before any of it is passed on.</summary>
internal static class ScriptAnswer
{
    /// <summary>Google's largest scripts are 0.7 MB; a container may be larger, hardly by this much.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;
    private const int ReadBytes = 64 * 1024;

    /// <summary>The JavaScript types of the MIME Sniffing Standard §4.6, by their last word: all that a browser runs under <c>nosniff</c>.</summary>
    private static readonly SearchValues<string> JavaScriptTypes =
        SearchValues.Create(["javascript", "ecmascript", "jscript", "livescript"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers with JavaScript in them, parts of one too: browsers run a 206 that they did not ask for
    /// (web-platform-tests, fetch/range/partial-script).</summary>
    public static bool IsScript(HttpResponseMessage answer, string method) =>
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
            if (body.WrittenCount > MaxBytes)
            {
                throw new IOException("The script is over the limit.");
            }
        }
    }

    /// <summary>Anywhere in the value: also "javascript1.5" and its like, and the second of two types, which is the one browsers take.</summary>
    private static bool IsJavaScript(string type) => type.AsSpan().ContainsAny(JavaScriptTypes);
}
