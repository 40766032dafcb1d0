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
        var path = ConfigurationFile.Find(input);
        string? fingerprint = null;
        var file = path is null ? JsonTree.NewObject() : ConfigurationFile.Read(path, findings, out fingerprint);
        var tree = new LayeredTree(file ?? JsonTree.NewObject(), findings);
        new EnvironmentLayer(input, tree, findings, warnings).Apply();
        FlagLayer.Apply(input.Flags, tree, findings);
        var options = new OptionsTree(findings).Check(tree.Root).Deserialize(GatewayJson.Default.GatewayOptions) ?? new GatewayOptions();

        // Without the file all sites would seem to be missing: only what stands elsewhere can be judged.
        var settings = file is null ? null : Judge(options, input.WorkingDirectory, inForce, findings, warnings);
        return new LoadedConfiguration(options, settings, findings.All, warnings.All, path, fingerprint);
    }

    /// <summary>The same judgement on options made in memory: no file, no environment.</summary>
    public static LoadedConfiguration FromOptions(GatewayOptions options)
    {
        var (findings, warnings) = (new Findings(), new ConfigurationErrors());
        var settings = Judge(options, Directory.GetCurrentDirectory(), null, findings, warnings);
        return new LoadedConfiguration(options, settings, findings.All, warnings.All, null, null);
    }

    private static GatewaySettings? Judge(
        GatewayOptions options, string workingDirectory, GatewaySettings? inForce, Findings findings, ConfigurationErrors warnings)
    {
        var errors = new ConfigurationErrors();
        var settings = GatewaySettings.Parse(options, workingDirectory, inForce, errors);
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
