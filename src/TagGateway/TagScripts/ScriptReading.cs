using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Rewriting;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>A script that has been read, as long as it is in use. What is stored meanwhile is found by whoever waits for the same bytes: the core is given back with the
/// reading.</summary>
/// <param name="outcome">How it ended.</param>
/// <param name="elsewhere">Where the browser gets a foreign script.</param>
internal sealed class ScriptReading(ReadingOutcome outcome, string? elsewhere = null) : IDisposable
{
    public ReadingOutcome Outcome => outcome;

    public string? Elsewhere => elsewhere;

    /// <summary>What has been made of the same bytes before; null but for <see cref="ReadingOutcome.Known"/>. The reading holds a reference to its body.</summary>
    public StoredContent? Known { get; init; }

    /// <summary>The script without its coding; null but for <see cref="ReadingOutcome.Read"/>.</summary>
    public PooledBuffer? Plain { get; init; }

    /// <summary>The rewritten script with its holes; null: it stays as it is.</summary>
    public PooledBuffer? Template { get; init; }

    /// <summary>The template has the data layer's name in it, or would have.</summary>
    public bool DependsOnLayer { get; init; }

    public ScriptFacts Facts { get; init; } = new([], []);

    public CpuPermit? Permit { get; init; }

    public static ScriptReading Of(ScriptVerdict verdict, CpuPermit? permit) =>
        new(verdict.Elsewhere is null ? ReadingOutcome.Unreadable : ReadingOutcome.Foreign, verdict.Elsewhere) { Permit = permit };

    /// <summary>What is kept of a script that was read, or is known: with a reference to its body for the caller.</summary>
    /// <param name="source">What was read.</param>
    /// <param name="lane">Whose work it is.</param>
    /// <param name="lease">For what is held meanwhile; null: that is not accounted for.</param>
    public StoredContent ContentOf(ScriptSource source, CpuLane lane, MemoryLease? lease)
    {
        if (Known is { } known)
        {
            known.Body.TryRetain(); // never false: the reading has a reference too
            return known;
        }

        var key = source.Key(DependsOnLayer);
        if (Template is not { } template)
        {
            return new StoredContent(key.Site, key.Tag, source.Coding, source.Hash, Facts, IsTemplate: false, StoredBytes.Copy(source.Body.Span)) { Key = key };
        }

        // Whoever fills it decodes it again, and nobody sends it: made-up ones are not worth a better compression.
        using var encoded = new PooledBuffer(lease);
        Compression.Encode(ContentCoding.Brotli, template.Span, encoded, isQuick: lane == CpuLane.Untrusted);
        return new StoredContent(key.Site, key.Tag, ContentCoding.Brotli, ContentHash.Of(template.Span), Facts, IsTemplate: true, StoredBytes.Copy(encoded.Span)) { Key = key };
    }

    public void Dispose()
    {
        Known?.Body.Release();
        Plain?.Dispose();
        Template?.Dispose();
        Permit?.Dispose();
    }
}
