using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Limits;
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

    /// <summary>Reads the whole encoded body, into memory that is taken before it is read. Throws what reading throws.</summary>
    /// <param name="source">Google's answer.</param>
    /// <param name="announced">Its Content-Length, if any.</param>
    /// <param name="lease">What the body counts against; null: it is not accounted for.</param>
    /// <param name="ending">When it has to be whole, whatever comes until then.</param>
    /// <returns>The body, to be disposed by the caller; null with the reason why there is none.</returns>
    public static async Task<(PooledBuffer? Body, FetchOutcome Outcome)> ReadAsync(Stream source, long? announced, MemoryLease? lease, CancellationToken ending)
    {
        var most = lease?.LargestBody ?? MaxBytes;
        if (announced > most)
        {
            return (null, FetchOutcome.TooLarge);
        }

        var body = new PooledBuffer(lease);
        try
        {
            var outcome = await ReadAsync(source, body, (int)(announced ?? 0), most, ending);
            var whole = outcome == FetchOutcome.Answered ? body : null;
            body = whole is null ? body : null; // the caller's now
            return (whole, outcome);
        }
        finally
        {
            body?.Dispose();
        }
    }

    private static async Task<FetchOutcome> ReadAsync(Stream source, PooledBuffer body, int announced, int most, CancellationToken ending)
    {
        for (var wanted = announced + 1; body.TryReserve(wanted); wanted = 1)
        {
            // One byte beyond the limit shows that it is passed.
            var room = body.GetMemory();
            var read = await source.ReadAsync(room[..Math.Min(room.Length, most + 1 - body.Length)], ending);
            body.Advance(read);
            if (read == 0 || body.Length > most)
            {
                return read == 0 ? FetchOutcome.Answered : FetchOutcome.TooLarge;
            }
        }

        return FetchOutcome.NoRoom;
    }
}
