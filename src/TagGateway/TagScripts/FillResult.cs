using TagGateway.Caching;

namespace TagGateway.TagScripts;

/// <summary>The end of a fill, the same for all who wait for it.</summary>
/// <param name="Kind">What it has come to.</param>
/// <param name="Entry">The entry; null when there is none. The store's: retain what is used of it.</param>
/// <param name="Bypass">Why it is not kept, when it is passed.</param>
/// <param name="Elsewhere">Where the browser gets a foreign script.</param>
internal sealed record FillResult(FillKind Kind, Entry? Entry = null, ScriptBypass Bypass = ScriptBypass.None, string? Elsewhere = null)
{
    public static readonly FillResult Failed = new(FillKind.Failed);

    public static readonly FillResult Shed = new(FillKind.Shed);

    public static FillResult Passed(ScriptBypass reason) => new(FillKind.Passed, Bypass: reason);

    public static FillResult Foreign(string elsewhere) => new(FillKind.Foreign, Elsewhere: elsewhere);
}
