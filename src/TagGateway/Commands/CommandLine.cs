using System.CommandLine;
using System.CommandLine.Invocation;

namespace TagGateway.Commands;

/// <summary>The command line as a whole: which commands there are, and what the program ends with.</summary>
internal static class CommandLine
{
    /// <summary>Never throws; the result is one of <see cref="ExitCodes"/>.</summary>
    public static async Task<int> InvokeAsync(string[] arguments, CommandContext context, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        try
        {
            var result = Build(context).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (result.Action is ParseErrorAction)
            {
                Report.WrongUsage(error, result);
                return ExitCodes.WrongUsage;
            }

            return await result.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // the host listens to the signals itself and drains
            }, stop);
        }
        catch (Exception e)
        {
            Report.Failure(error, e.GetBaseException().Message);
            return ExitCodes.CouldNotStart;
        }
    }

    private static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand("A self-hosted Google tag gateway: serves a site's Google tag from the site's own origin.");
        var options = new ConfigurationOptions(); // one for all: "--config FILE check" must not check another file
        RunCommand.Configure(root, context, options);
        root.Add(RunCommand.Create(context, options));
        root.Add(CheckCommand.Create(context, options));
        root.Add(SchemaCommand.Create());
        root.Add(HealthcheckCommand.Create(context, options));
        root.Add(PurgeCommand.Create(context, options));
        if (context.StartDemo is { } startDemo)
        {
            root.Add(DemoCommand.Create(context, startDemo));
        }

        return root;
    }
}
