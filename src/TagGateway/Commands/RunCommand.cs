using System.CommandLine;
using System.Net.Sockets;
using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary><c>taggateway [run]</c>: serves until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("run", "Serves. The default command.");
        Configure(command, context);
        return command;
    }

    /// <summary>Makes <paramref name="command"/> serve: <c>run</c>, or the program without a command.</summary>
    public static void Configure(Command command, CommandContext context)
    {
        var options = new ConfigurationOptions();
        options.AddTo(command);
        command.SetAction((result, stop) =>
            RunAsync(context with { Input = context.Input with { Flags = options.Read(result) } }, result.InvocationConfiguration.Error, stop));
    }

    private static async Task<int> RunAsync(CommandContext context, TextWriter error, CancellationToken stop)
    {
        var loaded = ConfigurationLoader.Load(context.Input);
        if (loaded.Settings is null)
        {
            Report.Errors(error, loaded);
            return ExitCodes.Failed;
        }

        await using var gateway = context.Build(loaded, context.Input);
        try
        {
            await gateway.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            // "Permission denied" alone does not name the address.
            var where = e is IOException ? "" : $" ({loaded.Options.Urls}; {loaded.Options.Admin.Url})";
            Report.Failure(error, $"could not start: {e.Message}{where}");
            return ExitCodes.CouldNotStart;
        }

        await gateway.WaitForShutdownAsync(stop);
        return ExitCodes.Fine;
    }
}
