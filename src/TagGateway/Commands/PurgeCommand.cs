using System.CommandLine;
using TagGateway.Caching;
using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary><c>taggateway purge</c>: has a running gateway, and all that share its Redis, forget what they keep.</summary>
internal static class PurgeCommand
{
    public static Command Create(CommandContext context, ConfigurationOptions options)
    {
        var command = new Command("purge", "Removes what the running gateways keep of a site, a tag, or all.");
        var purge = new PurgeOptions();
        options.AddFileTo(command);
        purge.AddTo(command);
        command.SetAction((result, stop) => PurgeAsync(
            context.Input with { Flags = options.Read(result) },
            new PurgeScope(purge.Site(result), purge.Tag(result)),
            purge.Url(result),
            result.InvocationConfiguration,
            stop));
        return command;
    }

    private static async Task<int> PurgeAsync(ConfigurationInput input, PurgeScope scope, string? url, InvocationConfiguration console, CancellationToken stop)
    {
        // Errors elsewhere in the file do not matter here: the gateway runs on with the last good one.
        var loaded = ConfigurationLoader.Load(input);
        var wrong = loaded.Errors.Where(IsOfTheAdministration).ToList();
        if (wrong.Count > 0)
        {
            Report.Errors(console.Error, wrong);
            return ExitCodes.Failed;
        }

        var address = url ?? AdminAddress.Of(ListenUrls.Parse(loaded.Options.Admin.Url)[0]);
        var (result, problem) = await new PurgeCall(address, loaded.Options.Admin.Token).SendAsync(scope, stop);
        if (result is null)
        {
            Report.Failure(console.Error, problem ?? "");
            return ExitCodes.Failed;
        }

        console.Output.WriteLine($"purged {result.Removed} {(result.Removed == 1 ? "entry" : "entries")}{Describe(scope)}, {Describe(result.Reach)}");
        if (result.Reach != PurgeReach.OthersNotTold)
        {
            return ExitCodes.Fine;
        }

        Report.Failure(console.Error, "the other gateways were not told, for Redis cannot be reached: purge again when it is back");
        return ExitCodes.Failed;
    }

    /// <summary>A file that cannot be read counts too: it may have named another gateway.</summary>
    private static bool IsOfTheAdministration(ConfigurationError error) =>
        error.Path.Length == 0
        || error.Path.StartsWith("admin", StringComparison.OrdinalIgnoreCase)
        || error.Path.StartsWith("TAGGATEWAY_ADMIN", StringComparison.OrdinalIgnoreCase);

    private static string Describe(PurgeScope scope) =>
        (scope.Tag is null ? "" : $" of tag {scope.Tag}") + (scope.Site is null ? "" : $" of site {scope.Site}");

    private static string Describe(PurgeReach reach) => reach switch
    {
        PurgeReach.AllGateways => "on every gateway",
        PurgeReach.OthersNotTold => "on this gateway only",
        _ => "on this gateway",
    };
}
