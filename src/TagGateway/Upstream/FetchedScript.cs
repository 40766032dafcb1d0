using TagGateway.Caching;

namespace TagGateway.Upstream;

/// <summary>The end of a fetch.</summary>
/// <param name="outcome">How it ended.</param>
/// <param name="status">Google's; 0 without an answer.</param>
/// <param name="headers">Sanitized; empty without an answer.</param>
/// <param name="body">Encoded as it came, of a script's 200; disposed with this.</param>
/// <param name="delay">From asking to the end of the answer (RFC 9111 §4.2.3).</param>
internal sealed class FetchedScript(FetchOutcome outcome, int status, IReadOnlyList<HeaderField> headers, PooledBuffer? body, TimeSpan delay) : IDisposable
{
    public FetchOutcome Outcome => outcome;

    public int Status => status;

    public IReadOnlyList<HeaderField> Headers => headers;

    /// <summary>Null but for a 200 that holds JavaScript, or a service-worker file.</summary>
    public PooledBuffer? Body => body;

    public TimeSpan Delay => delay;

    public static FetchedScript Failed(FetchOutcome outcome) => new(outcome, 0, [], null, TimeSpan.Zero);

    public void Dispose() => body?.Dispose();
}
