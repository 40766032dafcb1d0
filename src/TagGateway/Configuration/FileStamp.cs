namespace TagGateway.Configuration;

/// <summary>Tells cheaply whether a file may have changed: where its links lead, its length and last write.</summary>
/// <param name="Target">With every link on the way resolved: Kubernetes swaps a link to a directory (<c>..data</c>). Null: no such file.</param>
/// <param name="Length">In bytes.</param>
/// <param name="LastWriteTicks">UTC.</param>
internal readonly record struct FileStamp(string? Target, long Length, long LastWriteTicks)
{
    /// <summary>The stamp of a path that has not answered in time: equal to no file's.</summary>
    public static readonly FileStamp NoAnswer = new("", -1, 0);

    private const int MaxLinks = 40; // as Linux; a circle ends here

    /// <summary>Never throws: what cannot be looked at counts as no such file. Blocks as long as the file does (see <see cref="OperatorFiles"/>).</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            var target = Resolve(path);
            var file = new FileInfo(target);
            return file.Exists ? new FileStamp(target, file.Length, file.LastWriteTimeUtc.Ticks) : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    private static string Resolve(string path)
    {
        var (resolved, links) = (Path.GetPathRoot(path) ?? "/", 0);
        var rest = new Stack<string>(Parts(path).AsEnumerable().Reverse());
        while (rest.TryPop(out var part))
        {
            var next = Path.GetFullPath(part, resolved);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException("too many links");
            }

            resolved = Path.IsPathRooted(target) ? Path.GetPathRoot(target) ?? "/" : resolved;
            foreach (var step in Parts(target).AsEnumerable().Reverse())
            {
                rest.Push(step);
            }
        }

        return resolved;
    }

    private static string[] Parts(string path) =>
        path[(Path.GetPathRoot(path) ?? "").Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
