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

    public void Dispose()
    {
        Known?.Body.Release();
        Plain?.Dispose();
        Template?.Dispose();
        Permit?.Dispose();
    }
}
