using System.Text.Json;

namespace TagGateway.Configuration;

/// <summary>Makes the configuration of file, environment and flags, each stronger than the one before, and judges it.</summary>
internal static class ConfigurationLoader
{
    /// <summary>Never throws for what an operator wrote: every mistake is in the result.</summary>
    /// <param name="input">What the configuration is made of.</param>
    /// <param name="inForce">What it keeps open and stays the same is not opened again; null at the start.</param>
    public static LoadedConfiguration Load(ConfigurationInput input, GatewaySettings? inForce = null)
    {
        var (findings, warnings) = (new Findings(), new ConfigurationErrors());
        var files = input.OpenFiles();
        var path = ConfigurationFile.Find(input, files);
        var file = path is null ? null : ConfigurationFile.Read(path, files, findings);
        var tree = new LayeredTree(file?.Tree ?? JsonTree.NewObject(), findings);
        new EnvironmentLayer(input, files, tree, findings, warnings).Apply();
        FlagLayer.Apply(input.Flags, tree, findings);
        var options = new OptionsTree(findings).Check(tree.Root).Deserialize(GatewayJson.Default.GatewayOptions) ?? new GatewayOptions();

        // Without the file all sites would seem to be missing: only what stands elsewhere can be judged.
        var settings = file is { Tree: null } ? null : Judge(options, files, inForce, findings, warnings);
        return new LoadedConfiguration(options, settings, findings.All, warnings.All, path, file?.Fingerprint)
        {
            Stamp = file?.Stamp ?? default,
            HasHung = files.HasHung,
        };
    }

    /// <summary>The same judgement on options made in memory: no file, no environment.</summary>
    public static LoadedConfiguration FromOptions(GatewayOptions options)
    {
        var (findings, warnings) = (new Findings(), new ConfigurationErrors());
        var files = new OperatorFiles(new FileAttempts(), Directory.GetCurrentDirectory());
        var settings = Judge(options, files, null, findings, warnings);
        return new LoadedConfiguration(options, settings, findings.All, warnings.All, null, null);
    }

    private static GatewaySettings? Judge(
        GatewayOptions options, OperatorFiles files, GatewaySettings? inForce, Findings findings, ConfigurationErrors warnings)
    {
        var errors = new ConfigurationErrors();
        var settings = GatewaySettings.Parse(options, files, inForce, errors);
        ListenUrls.Check(options, errors);
        foreach (var error in errors.All)
        {
            findings.AddUnlessKnown(error);
        }

        if (settings is null || findings.All.Count > 0)
        {
            return null;
        }

        ConfigurationWarnings.Find(options, settings, warnings);
        return settings;
    }
}
