namespace TagGateway.Html;

/// <summary>What has to be known to change an inline script.</summary>
/// <param name="Plan">Of the site.</param>
/// <param name="Origin">The page's: <c>https://www.shop.example</c>; null: not known, then scripts that put a scheme before an address are left.</param>
/// <param name="NeedsOrigin">A <c>base</c> of the page leads paths elsewhere: every address gets the origin, or none is changed.</param>
internal sealed record InlineContext(TagPlan Plan, string? Origin, bool NeedsOrigin = false);
