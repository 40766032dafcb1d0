using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace TagGateway.Configuration;

/// <summary>Lays the environment's variables over the file: <c>TAGGATEWAY_</c> and the key path with <c>__</c>
/// (<c>TAGGATEWAY_SITES__SHOP__PATH</c>), the short forms for a single site, and <c>…_FILE</c> for a value that stands in a file.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A list is one comma-separated value, or JSON when it begins with <c>[</c>; an object is JSON (<c>{</c>).</item>
/// <item>An empty value means "none" where a key may be null, and an empty list; an empty short form or <c>…_FILE</c> counts as not given.</item>
/// <item>A site is found whatever the case of its name; one that the file does not have gets its name in lower case.</item>
/// <item>Of a value in a file one last line break is cut off.</item>
/// </list>
/// </remarks>
internal sealed class EnvironmentLayer(ConfigurationInput input, OperatorFiles files, LayeredTree tree, Findings findings, ConfigurationErrors warnings)
{
    public const string Prefix = "TAGGATEWAY_";
    private const string FileSuffix = "_FILE";

    private readonly Dictionary<string, string> _givenBy = new(StringComparer.OrdinalIgnoreCase);

    public void Apply()
    {
        var variables = input.Environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && !variable.Key.Equals(ConfigurationFile.Variable, StringComparison.OrdinalIgnoreCase)
                && !(variable.Value.Length == 0 && (IsFile(variable.Key) || ShortForms.KeyOf(Word(variable.Key)) is not null)))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .ToList();

        // The short forms come last: they need to know the sites that the others name.
        foreach (var (name, text) in variables.Where(variable => ShortForms.KeyOf(Word(variable.Key)) is null))
        {
            if (!ServiceLinks.IsOne(name[Prefix.Length..], text, out var warning))
            {
                ApplyLongForm(name, text);
            }
            else if (warning is not null)
            {
                warnings.Add(name, warning);
            }
        }

        foreach (var (name, text) in variables.Where(variable => ShortForms.KeyOf(Word(variable.Key)) is not null))
        {
            if (ShortForms.Find(Word(name), tree, out var problem) is { } key)
            {
                Take(name, key, text);
            }
            else
            {
                findings.Add(name, problem);
            }
        }
    }

    private static bool IsFile(string name) => name.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without prefix and <c>_FILE</c>.</summary>
    private static string Word(string name) => IsFile(name) ? name[Prefix.Length..^FileSuffix.Length] : name[Prefix.Length..];

    private void ApplyLongForm(string name, string text)
    {
        if (OptionKey.Find(Word(name).Split("__"), tree.Root, out _, out _) is { } key)
        {
            Take(name, key, text);
        }
        else
        {
            findings.Add(name, UnknownVariable.Explain(Word(name), IsFile(name) ? FileSuffix : "", tree.Root));
        }
    }

    private void Take(string name, OptionKey key, string text)
    {
        if (!_givenBy.TryAdd(key.Path, name))
        {
            findings.Add(name, $"sets {key.Path}, as {_givenBy[key.Path]} does: give one of them");
            return;
        }

        var value = text;
        if (IsFile(name) && !TryReadFile(name, key, text, out value))
        {
            Replace(name, key);
            return;
        }

        try
        {
            tree.Set(key.Keys, key.Read(value, findings), name);
        }
        catch (JsonException e)
        {
            Replace(name, key);
            findings.Add(name, $"is not valid JSON: {JsonTree.Explain(e)}");
        }
    }

    /// <summary>The key was given, if badly: that it is missing must not be said on top.</summary>
    private void Replace(string name, OptionKey key)
    {
        findings.Silence(key.Path);
        if (OptionsTree.TryReplace(key.Type, out var placeholder))
        {
            tree.Set(key.Keys, placeholder, name);
        }
    }

    private bool TryReadFile(string name, OptionKey key, string path, out string value)
    {
        var content = files.Read(files.FullPath(path));
        var (bytes, problem) = (content.Bytes, content.Problem);
        problem ??= Utf8.IsValid(bytes) ? null : "is not UTF-8 text";
        // Whoever names a file wants a secret: none must not be what its emptiness means.
        problem ??= key.IsSecret && bytes.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "is empty" : null;
        if (problem is not null)
        {
            findings.Add(name, $"{(key.IsSecret ? "the file it names" : path)}: {problem}");
        }

        value = problem is null ? Encoding.UTF8.GetString(bytes) : "";
        value = value.EndsWith('\n') ? value[..^(value.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1)] : value;
        return problem is null;
    }
}
