using System.CommandLine;
using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary><c>taggateway schema</c>: prints the JSON Schema of the configuration file.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON Schema of the configuration file.");
        command.SetAction(result => result.InvocationConfiguration.Output.Write(ConfigurationSchema.Create()));
        return command;
    }
}
