namespace TagGateway.Demo.Shop;

/// <summary>One request at the stand-in as the live panel shows it.</summary>
internal sealed record PanelHit
{
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required string Method { get; init; }

    public required string Host { get; init; }

    public required string Path { get; init; }

    /// <summary>Of an opaque token what it hides, with <see cref="Query"/>; else as in <see cref="Path"/>.</summary>
    public required string SubPath { get; init; }

    public required string Query { get; init; }

    public required bool Obscured { get; init; }

    public required IReadOnlyList<PanelEvent> Events { get; init; }

    public required IReadOnlyList<PanelPair> Headers { get; init; }

    public required IReadOnlyList<PanelPair> Cookies { get; init; }

    /// <summary>In words, what the gateway handed on or added.</summary>
    public required IReadOnlyList<string> Passed { get; init; }

    /// <summary>What Google has no business with, told from what arrived.</summary>
    public required IReadOnlyList<PanelCheck> Checks { get; init; }
}
