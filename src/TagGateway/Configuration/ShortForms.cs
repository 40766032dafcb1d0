namespace TagGateway.Configuration;

/// <summary>The settings that a single site needs, without its name: <c>TAGGATEWAY_TAG</c>, <c>--tag</c> and so on.</summary>
internal static class ShortForms
{
    /// <summary>The site they make where there is none.</summary>
    public const string DefaultSite = "default";

    private static readonly Dictionary<string, string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TAG"] = "tags",
        ["PATH"] = "path",
        ["ORIGIN"] = "origin",
        ["HOST"] = "hosts",
    };

    public static IEnumerable<string> Words => Keys.Keys;

    /// <summary>The site's key that <paramref name="word"/> (as <c>TAG</c>) is short for; null: it is none.</summary>
    public static string? KeyOf(string word) => Keys.GetValueOrDefault(word);

    /// <summary>The option of the only site, or of the site to be; null when there are several.</summary>
    /// <param name="word">One of <see cref="Words"/>.</param>
    /// <param name="tree">As it is now.</param>
    /// <param name="problem">Set when the result is null.</param>
    public static OptionKey? Find(string word, LayeredTree tree, out string problem)
    {
        var sites = tree.SiteNames;
        problem = sites.Count < 2 ? ""
            : $"is for a single site, and there are {sites.Count}: {string.Join(", ", sites.Take(5))}{(sites.Count > 5 ? ", …" : "")}; "
                + $"set sites.<name>.{Keys[word]} instead";
        return sites.Count < 2 ? OptionKey.Find(["sites", sites.FirstOrDefault(DefaultSite), Keys[word]], tree.Root, out _, out _) : null;
    }
}
