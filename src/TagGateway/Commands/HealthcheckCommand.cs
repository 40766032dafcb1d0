using System.CommandLine;
using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary><c>taggateway healthcheck</c>: asks the local <c>/readyz</c>; for images without a shell.</summary>
internal static class HealthcheckCommand
{
    private const int MaxShownLength = 200;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public static Command Create(CommandContext context, ConfigurationOptions options)
    {
        var command = new Command("healthcheck", "Asks the running gateway on this machine whether it is ready.");
        options.AddFileTo(command);
        command.SetAction((result, stop) =>
            CheckAsync(context.Input with { Flags = options.Read(result) }, result.InvocationConfiguration.Error, stop));
        return command;
    }

    private static async Task<int> CheckAsync(ConfigurationInput input, TextWriter error, CancellationToken stop)
    {
        // Errors elsewhere in the file do not matter here: the gateway runs on with the last good one.
        if (ListenUrl.Parse(ConfigurationLoader.Load(input).Options.Admin.Url, out var problem) is not { } admin)
        {
            Report.Failure(error, $"admin.url: {problem}");
            return ExitCodes.Failed;
        }

        var address = AdminAddress.Of(admin) + "/readyz";
        try
        {
            var problemThere = await AskAsync(address, stop);
            if (problemThere is null)
            {
                return ExitCodes.Fine;
            }

            Report.Failure(error, $"{address}: {problemThere}");
        }
        catch (HttpRequestException e)
        {
            Report.Failure(error, $"{address}: {e.Message}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Report.Failure(error, $"{address}: no answer within {Timeout.TotalSeconds} s");
        }

        return ExitCodes.Failed;
    }

    /// <summary>Null when ready, else the status and the answer's first line.</summary>
    private static async Task<string?> AskAsync(string address, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Timeout };
        using var answer = await client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, stop);
        if (answer.IsSuccessStatusCode)
        {
            return null;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Timeout);
        using var body = new StreamReader(await answer.Content.ReadAsStreamAsync(deadline.Token));
        var start = new char[MaxShownLength];
        var length = await body.ReadBlockAsync(start, deadline.Token);
        return $"{(int)answer.StatusCode} {new string(start, 0, length).Split('\n')[0].TrimEnd()}";
    }
}
