namespace TagGateway.Demo.Shop;

/// <summary>One event of a hit in the panel.</summary>
internal sealed record PanelEvent(string Name, IReadOnlyList<PanelPair> Parameters);
