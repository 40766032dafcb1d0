using System.CommandLine;
using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary><c>taggateway check</c>: names everything that is wrong with the configuration; starts nothing.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context, ConfigurationOptions options)
    {
        var command = new Command("check", "Checks the configuration and names every error; starts nothing.");
        options.AddTo(command);
        command.SetAction(result => Check(context.Input with { Flags = options.Read(result) }, result.InvocationConfiguration));
        return command;
    }

    private static int Check(ConfigurationInput input, InvocationConfiguration console)
    {
        var loaded = ConfigurationLoader.Load(input);
        Report.Errors(console.Error, loaded);
        Report.Warnings(console.Error, loaded);
        if (loaded.Settings is not { } settings)
        {
            return ExitCodes.Failed;
        }

        console.Output.WriteLine($"configuration is fine: {settings.Sites.All.Count} site(s)");
        return ExitCodes.Fine;
    }
}
