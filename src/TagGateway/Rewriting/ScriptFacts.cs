namespace TagGateway.Rewriting;

/// <summary>What the gateway has to know of a script, read once when it comes.</summary>
/// <param name="Blobs">Whose script it says it is; empty for one without a blob.</param>
/// <param name="NamedTags">Further tags that it loads, in upper case.</param>
internal sealed record ScriptFacts(IReadOnlyList<TagBlob> Blobs, IReadOnlyList<string> NamedTags)
{
    /// <param name="script">The whole source, not encoded.</param>
    public static ScriptFacts Read(ReadOnlySpan<byte> script) => new(TagBlob.ReadAll(script), NamedTagsReader.Read(script));
}
