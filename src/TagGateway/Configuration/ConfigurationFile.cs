using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace TagGateway.Configuration;

/// <summary>Finds and reads the configuration file.</summary>
internal static class ConfigurationFile
{
    /// <summary>Read when it is there and nobody names another; relative to the working directory.</summary>
    public const string DefaultPath = "config/taggateway.json";

    /// <summary>Names the file, as <c>--config</c> does.</summary>
    public const string Variable = "TAGGATEWAY_CONFIG";

    /// <summary>Null when none is named and the default one is not there.</summary>
    /// <param name="input">What names it.</param>
    /// <param name="files">Looks for the default one.</param>
    public static string? Find(ConfigurationInput input, OperatorFiles files)
    {
        var named = input.Flags.Config is { Length: > 0 } flag ? flag : input.Environment.GetValueOrDefault(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            return files.FullPath(named);
        }

        var usual = files.FullPath(DefaultPath);
        return files.MayExist(usual) ? usual : null;
    }

    /// <summary>Reads the file; when it is no JSON object, <paramref name="findings"/> says why.</summary>
    /// <param name="path">From <see cref="Find"/>.</param>
    /// <param name="files">Reads it.</param>
    /// <param name="findings">Gets the reason, and each key that is given twice.</param>
    public static LoadedFile Read(string path, OperatorFiles files, Findings findings)
    {
        var content = files.Read(path);
        var problem = content.Problem;
        var fingerprint = problem ?? XxHash128.HashToUInt128(content.Bytes).ToString("x32", CultureInfo.InvariantCulture);
        JsonObject? tree = null;
        if (problem is null)
        {
            (tree, problem) = Parse(content.Bytes, findings);
        }

        if (problem is not null)
        {
            findings.Add("", $"{path}: {problem}");
        }

        return new LoadedFile(tree, fingerprint, content.Stamp);
    }

    private static (JsonObject? Tree, string? Problem) Parse(byte[] bytes, Findings findings)
    {
        var text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        if (!Utf8.IsValid(text))
        {
            return (null, "is not UTF-8 text");
        }

        if (text.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return (null, "is empty");
        }

        try
        {
            var tree = JsonTree.Parse(text, findings);
            return tree is JsonObject root ? (root, null) : (null, $"must hold an object {{ … }}, not {JsonTree.Describe(tree)}");
        }
        catch (JsonException e)
        {
            return (null, $"is not valid JSON: {JsonTree.Explain(e)}");
        }
    }
}
