namespace TagGateway.TagScripts;

/// <summary>How the bytes of a script or page of Google's are rewritten. Everything that the result depends on beside the bytes stands here: hosts, paths and regions are
/// holes of the template, which are filled for each visitor.</summary>
/// <param name="Kind">What the bytes are taken for.</param>
/// <param name="Layer">The data layer's name that the script was asked for with; null: none.</param>
/// <param name="ReplacesRegion">The region that Google wrote into the script gives way to the visitor's.</param>
internal readonly record struct RewriteRules(RewriteKind Kind, string? Layer = null, bool ReplacesRegion = false)
{
    /// <summary>A word for the rules; empty: nothing is rewritten.</summary>
    /// <param name="dependsOnLayer">Only what was not rewritten whole has the layer's name in it.</param>
    public string Name(bool dependsOnLayer) => Kind switch
    {
        RewriteKind.None => "",
        RewriteKind.Page => "page",
        _ => string.Concat("script", ReplacesRegion ? " region" : "", dependsOnLayer ? Layer is null ? " layer" : " layer=" : "", dependsOnLayer ? Layer : ""),
    };
}
