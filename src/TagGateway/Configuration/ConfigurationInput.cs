using System.Collections;

namespace TagGateway.Configuration;

/// <summary>All that a configuration is made of, so that a test needs no process of its own.</summary>
/// <param name="Flags">What the command line says.</param>
/// <param name="Environment">Every variable of the process; those that do not begin with <c>TAGGATEWAY_</c> are not looked at.</param>
/// <param name="WorkingDirectory">What relative file names begin at; absolute.</param>
internal sealed record ConfigurationInput(ConfigurationFlags Flags, IReadOnlyDictionary<string, string> Environment, string WorkingDirectory)
{
    /// <summary>Reads what it names; one for the process, so that a path which blocks costs one thread.</summary>
    public FileAttempts Attempts { get; init; } = new();

    public static ConfigurationInput OfProcess(ConfigurationFlags flags)
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new ConfigurationInput(flags, variables, Directory.GetCurrentDirectory());
    }

    /// <summary>The files that it names, for one loading.</summary>
    public OperatorFiles OpenFiles() => new(Attempts, WorkingDirectory);
}
