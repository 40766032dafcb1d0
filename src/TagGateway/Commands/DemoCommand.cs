using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using TagGateway.Configuration;
using TagGateway.Sites;

namespace TagGateway.Commands;

/// <summary><c>taggateway demo</c>: the whole thing on loopback, without internet and without configuration.</summary>
internal static class DemoCommand
{
    private const int UsualPort = 8080;
    private const string Path = "/f807";
    private static readonly string[] Tags = ["G-DEMO123", "GTM-DEMO123", "AW-123456789"];

    public static Command Create(CommandContext context, Func<DemoStageOptions, CancellationToken, Task<DemoStage>> startStage)
    {
        var urls = new Option<string>("--urls") { Description = $"Where the gateway listens. Default http://127.0.0.1:{UsualPort}, or a free port when that is taken.", HelpName = "URL[;URL]" };
        var only = new Option<string>("--only") { Description = "Starts only the stand-in for Google." };
        only.AcceptOnlyFromAmong("google");
        var coverage = new Option<CoverageKind>("--coverage") { Description = "full: every request of the tag goes through the gateway, to Google's ordinary hosts. Default official: what Google's contract routes.", HelpName = "official|full" };
        var command = new Command("demo", "A demo website, the gateway and a stand-in for Google, on loopback: no internet, no configuration.") { urls, only, coverage };
        command.SetAction(async (result, stop) =>
        {
            await using var stage = await startStage(new DemoStageOptions(result.GetValue(only) is not null, Tags[0], Path), stop);
            return await RunAsync(context, stage, result.GetValue(urls), result.GetValue(coverage), result.InvocationConfiguration, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, DemoStage stage, string? urls, CoverageKind coverage, InvocationConfiguration console, CancellationToken stop)
    {
        var google = $"""
              the stand-in for Google        {stage.Google}
              what it has received           {new Uri(stage.GoogleControl, "/hits")}

            Ctrl+C ends it.
            """;
        if (stage.Shop is null)
        {
            await console.Output.WriteLineAsync(google);
            await StopSignal.WaitAsync(stop);
            return ExitCodes.Fine;
        }

        var loaded = ConfigurationLoader.FromOptions(Options(stage.Shop, stage.Google, urls ?? UsualOrFree(), coverage));
        if (loaded.Settings is null)
        {
            Report.Errors(console.Error, loaded);
            return ExitCodes.Failed;
        }

        var input = new ConfigurationInput(ConfigurationFlags.None, new Dictionary<string, string>(), context.Input.WorkingDirectory);
        return await RunCommand.ServeAsync(context.Build(loaded, input), loaded, console.Error, stop, gateway => console.Output.WriteLine($"""

            Open {gateway.Urls.First()}/ in a browser: a demo shop, through the gateway.

              the shop without the gateway   {stage.Shop}
            {google}
            """));
    }

    private static GatewayOptions Options(Uri shop, Uri google, string urls, CoverageKind coverage) => new()
    {
        Urls = urls,
        Sites =
        {
            ["demo"] = new()
            {
                Path = Path,
                Tags = [.. Tags],
                Origin = Address(shop),
                Upstream = coverage == CoverageKind.Full ? UpstreamKind.Google : UpstreamKind.Gateway,
            },
        },
        ConnectTo = { ["*"] = Address(google) },
        Geo = { Default = "US-CA" },
        Admin = { Url = "http://127.0.0.1:0" },
        Shutdown = { Delay = TimeSpan.Zero },
    };

    private static string Address(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    private static string UsualOrFree()
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, UsualPort);
            probe.Start();
            return $"http://127.0.0.1:{UsualPort}";
        }
        catch (SocketException)
        {
            return "http://127.0.0.1:0";
        }
    }
}
