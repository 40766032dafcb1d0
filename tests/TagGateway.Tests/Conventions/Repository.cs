using System.Text.RegularExpressions;

namespace TagGateway.Tests.Conventions;

/// <summary>The checked-out tree that these tests were built from.</summary>
internal static partial class Repository
{
    private static readonly string[] NotSource = [".git", "bin", "obj", "artifacts", "TestResults", "node_modules", ".vs", ".idea", "__pycache__"];

    public static readonly string Root = FindRoot();

    /// <summary>Every folder below <paramref name="folder"/> (relative to the root) that holds source, with '/' and relative to the root.</summary>
    public static IEnumerable<string> Folders(string folder)
    {
        foreach (var path in Directory.EnumerateDirectories(Path.Combine(Root, folder)).Where(path => !NotSource.Contains(Path.GetFileName(path))))
        {
            var relative = Relative(path);
            yield return relative;
            foreach (var below in Folders(relative))
            {
                yield return below;
            }
        }
    }

    /// <summary>Every file below <paramref name="folder"/>, with '/' and relative to the root; "" for the whole tree.</summary>
    public static IEnumerable<string> Files(string folder, string pattern = "*") =>
        Folders(folder).Append(folder).SelectMany(path => Directory.EnumerateFiles(Path.Combine(Root, path), pattern)).Select(Relative);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>A C# file without its comments, line by line; what strings hold stays.</summary>
    public static string[] CodeLines(string file) =>
        [.. Read(file).Split('\n').Select(line => CommentLine().IsMatch(line) ? "" : TrailingComment().Replace(line, ""))];

    /// <summary>The lines of code that <paramref name="pattern"/> matches, as <c>file:line: text</c>.</summary>
    public static IEnumerable<string> Find(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in CodeLines(file).Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TagGateway.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("TagGateway.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^\s*//")]
    private static partial Regex CommentLine();

    [GeneratedRegex(@"\s// .*$")]
    private static partial Regex TrailingComment();
}
