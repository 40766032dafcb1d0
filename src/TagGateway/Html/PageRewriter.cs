using System.Buffers;

namespace TagGateway.Html;

/// <summary>Makes the Google tags of one page first-party while it streams through. Not for several threads. Never throws for what a page holds.</summary>
/// <param name="plan">What is to be done.</param>
internal sealed class PageRewriter(PagePlan plan) : IDisposable
{
    public PageFindings Findings { get; } = new();

    /// <summary>Nothing more can change and nothing is held: what follows may pass beside the rewriter, <see cref="Complete"/> included.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Takes the next bytes and writes all that can be decided.</summary>
    /// <param name="chunk">Only read during the call.</param>
    /// <param name="output">Gets the bytes for the visitor.</param>
    public void Write(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        _ = plan;
        output.Write(chunk);
    }

    /// <summary>The page has ended: writes what is held, and what only the end decides. Once.</summary>
    public void Complete(IBufferWriter<byte> output) => IsDone = true;

    public void Dispose()
    {
    }
}
