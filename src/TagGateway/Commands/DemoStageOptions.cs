namespace TagGateway.Commands;

/// <summary>What the demo needs around its gateway.</summary>
/// <param name="OnlyGoogle">Without the shop.</param>
/// <param name="Tag">The tag in the shop's pages.</param>
/// <param name="Path">The measurement path in the shop's pages.</param>
internal sealed record DemoStageOptions(bool OnlyGoogle, string Tag, string Path);
