using System.CommandLine;
using System.Net.Sockets;
using TagGateway.Configuration;
using TagGateway.Limits;

namespace TagGateway.Commands;

/// <summary><c>taggateway [run]</c>: serves until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context, ConfigurationOptions options)
    {
        var command = new Command("run", "Serves. The default command.");
        Configure(command, context, options);
        return command;
    }

    /// <summary>Makes <paramref name="command"/> serve: <c>run</c>, or the program without a command.</summary>
    public static void Configure(Command command, CommandContext context, ConfigurationOptions options)
    {
        options.AddTo(command);
        command.SetAction((result, stop) =>
            RunAsync(context with { Input = context.Input with { Flags = options.Read(result) } }, result.InvocationConfiguration.Error, stop));
    }

    /// <summary>Starts the gateway, serves until it is told to stop, and disposes of it.</summary>
    /// <param name="built">Not started.</param>
    /// <param name="loaded">What it was built of.</param>
    /// <param name="error">Gets one line when it cannot start.</param>
    /// <param name="stop">Ends it, as a signal does.</param>
    /// <param name="started">Called once, when the addresses are bound.</param>
    public static async Task<int> ServeAsync(
        WebApplication built, LoadedConfiguration loaded, TextWriter error, CancellationToken stop, Action<WebApplication>? started = null)
    {
        await using var gateway = built;
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

        started?.Invoke(gateway);
        await gateway.WaitForShutdownAsync(stop);
        return ExitCodes.Fine;
    }

    private static async Task<int> RunAsync(CommandContext context, TextWriter error, CancellationToken stop)
    {
        var loaded = ConfigurationLoader.Load(context.Input);
        if (loaded.Settings is null)
        {
            Report.Errors(error, loaded);
            return ExitCodes.Failed;
        }

        NativeHeap.LimitArenas();
        if (OpenFiles.Limit < OpenFiles.LeastLimit)
        {
            Report.Failure(error, $"could not start: the limit of open files (ulimit -n) is {OpenFiles.Limit}; at least {OpenFiles.LeastLimit} are needed, and some thousand are usual");
            return ExitCodes.CouldNotStart;
        }

        return await ServeAsync(context.Build(loaded, context.Input), loaded, error, stop);
    }
}
