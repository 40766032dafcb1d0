namespace TagGateway.Sites;

/// <summary>What a raw path turns into where somebody decodes it, twice even, and resolves its dots: how paths are disguised.</summary>
internal static class DecodedPath
{
    private const int Rounds = 2;

    /// <summary>Nothing in the path can be read in two ways.</summary>
    public static bool IsPlain(ReadOnlySpan<char> path) => !path.ContainsAny('%', '\\') && path.IndexOf("/.") < 0;

    /// <summary>The path with escapes decoded, '\' read as '/', dot segments resolved and empty ones kept.</summary>
    public static string Resolve(string path)
    {
        var kept = new List<string>();
        foreach (var segment in Decode(path).Split('/').Skip(1))
        {
            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                kept.Add(segment);
            }
        }

        return "/" + string.Join('/', kept);
    }

    /// <summary>Whether a segment is <c>.</c> or <c>..</c>, however spelled.</summary>
    public static bool HasDotSegment(string path) => Decode(path).Split('/').Any(segment => segment is "." or "..");

    private static string Decode(string path)
    {
        var decoded = path;
        for (var round = 0; round < Rounds && decoded.Contains('%', StringComparison.Ordinal); round++)
        {
            decoded = Uri.UnescapeDataString(decoded);
        }

        return decoded.Replace('\\', '/');
    }
}
