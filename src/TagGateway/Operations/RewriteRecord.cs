using TagGateway.Rewriting;

namespace TagGateway.Operations;

/// <summary>What was made of a tag's newest script.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Tag">The tag's id.</param>
/// <param name="Release">Google's code of its release; empty when it does not say.</param>
/// <param name="Outcome">How far it was rewritten.</param>
/// <param name="Doubt">Why no further.</param>
/// <param name="At">When.</param>
internal sealed record RewriteRecord(string Site, string Tag, string Release, RewriteOutcome Outcome, RewriteDoubt Doubt, DateTimeOffset At);
