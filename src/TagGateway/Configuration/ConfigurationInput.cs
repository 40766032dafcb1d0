using System.Collections;

namespace TagGateway.Configuration;

/// <summary>All that a configuration is made of, so that a test needs no process of its own.</summary>
/// <param name="Flags">What the command line says.</param>
/// <param name="Environment">Every variable of the process; those that do not begin with <c>TAGGATEWAY_</c> are not looked at.</param>
/// <param name="WorkingDirectory">What relative file names begin at; absolute.</param>
internal sealed record ConfigurationInput(ConfigurationFlags Flags, IReadOnlyDictionary<string, string> Environment, string WorkingDirectory)
{
    public static ConfigurationInput OfProcess(ConfigurationFlags flags)
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new ConfigurationInput(flags, variables, Directory.GetCurrentDirectory());
    }
}
