namespace TagGateway.Demo.Shop;

/// <summary>Something that should stay with the site, and whether it arrived at Google all the same.</summary>
internal sealed record PanelCheck(string Label, bool Arrived);
