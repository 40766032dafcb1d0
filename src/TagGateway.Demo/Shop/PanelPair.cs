namespace TagGateway.Demo.Shop;

/// <summary>A name and a value in the panel's lists.</summary>
internal sealed record PanelPair(string Name, string Value);
