namespace TagGateway.Upstream;

/// <summary>What becomes of a script answer.</summary>
/// <param name="MayServe">It may be served from the site's origin.</param>
/// <param name="Elsewhere">The address where the browser gets it instead; null when nobody can tell whose it is.</param>
internal readonly record struct ScriptVerdict(bool MayServe, string? Elsewhere)
{
    public static readonly ScriptVerdict Serve = new(true, null);

    public static readonly ScriptVerdict Unreadable = new(false, null);

    public static ScriptVerdict Foreign(string elsewhere) => new(false, elsewhere);
}
