namespace TagGateway.Rewriting;

/// <summary>What has become of a script.</summary>
/// <param name="Outcome">How far it was rewritten.</param>
/// <param name="Doubt">Why no further.</param>
internal readonly record struct ScriptRewrite(RewriteOutcome Outcome, RewriteDoubt Doubt);
