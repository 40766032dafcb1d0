namespace TagGateway.Configuration;

/// <summary>Lays the command line's flags over file and environment. An empty flag counts as not given.</summary>
internal static class FlagLayer
{
    public static void Apply(ConfigurationFlags flags, LayeredTree tree, Findings findings)
    {
        if (!string.IsNullOrEmpty(flags.Urls))
        {
            tree.Set(["urls"], flags.Urls, "--urls");
        }

        foreach (var (word, text) in new[] { ("TAG", flags.Tag), ("PATH", flags.Path), ("ORIGIN", flags.Origin), ("HOST", flags.Host) })
        {
            if (string.IsNullOrEmpty(text))
            {
                continue;
            }

            var flag = $"--{word.ToLowerInvariant()}";
            if (ShortForms.Find(word, tree, out var problem) is { } key)
            {
                tree.Set(key.Keys, key.Read(text, findings), flag);
            }
            else
            {
                findings.Add(flag, problem);
            }
        }
    }
}
