using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace TagGateway.Configuration;

/// <summary>Says what is wrong with the name of a <c>TAGGATEWAY_…</c> variable, and which one was probably meant.</summary>
internal static class UnknownVariable
{
    private const string Prefix = EnvironmentLayer.Prefix;
    private const string Config = "CONFIG";

    /// <param name="name">Without prefix and suffix.</param>
    /// <param name="suffix"><c>_FILE</c> or empty.</param>
    /// <param name="tree">Whose site names count.</param>
    public static string Explain(string name, string suffix, JsonObject tree)
    {
        var words = name.Split("__");
        OptionKey.Find(words, tree, out var known, out var reached);
        if (known > 0 && reached.Type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.None)
        {
            var variable = Prefix + string.Join("__", words[..known]);
            return reached.Type.Kind == JsonTypeInfoKind.Enumerable
                ? $"unknown variable; a list is given whole, separated by commas: {variable}=a,b"
                : $"unknown variable; {variable} has nothing below it";
        }

        var meant = Meant(words, known, reached, tree);
        return meant is null ? "unknown variable" : $"unknown variable; did you mean {Prefix}{meant}{(meant == Config ? "" : suffix)}?";
    }

    private static string? Meant(string[] words, int known, OptionKey reached, JsonObject tree)
    {
        // TAGGATEWAY_SITES_SHOP_PATH: one '_' where two belong.
        var doubled = string.Join("__", words).Replace("__", "_", StringComparison.Ordinal).Split('_');
        if (OptionKey.Find(doubled, tree, out _, out var option) is not null && option.Type.Kind is JsonTypeInfoKind.None or JsonTypeInfoKind.Enumerable)
        {
            return string.Join("__", doubled);
        }

        if (known == words.Length)
        {
            return null;
        }

        var candidates = reached.Type.UsableKeys().Where(key => !key.StartsWith('$'));
        var near = Suggestion.Find(words[known], known == 0 ? [.. candidates, .. ShortForms.Words, Config] : candidates);
        return near is null ? null : string.Join("__", [.. words[..known], near.ToUpperInvariant(), .. words[(known + 1)..]]);
    }
}
