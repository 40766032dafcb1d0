namespace TagGateway.Rewriting;

/// <summary>What has become of a script.</summary>
/// <param name="Outcome">How far it was rewritten.</param>
/// <param name="Doubt">Why no further.</param>
/// <param name="Release">Google's code of the script's release (blob key 14), such as <c>65j1</c>; empty when it does not say.</param>
internal readonly record struct ScriptRewrite(RewriteOutcome Outcome, RewriteDoubt Doubt, string Release = "");
