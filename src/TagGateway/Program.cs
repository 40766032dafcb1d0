using TagGateway.Commands;
using TagGateway.Configuration;

namespace TagGateway;

/// <summary>The program's start: the command line decides, <see cref="Build"/> lists what the gateway is made of.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CommandLine.InvokeAsync(
        args,
        new CommandContext(
            ConfigurationInput.OfProcess(ConfigurationFlags.None),
            (loaded, _) => Build(loaded.Options, loaded.Settings ?? throw new InvalidOperationException("the configuration has errors"))),
        Console.Out,
        Console.Error);

    /// <summary>The gateway, ready to run. Not started: a taken port shows at the start.</summary>
    public static WebApplication Build(GatewayOptions options, GatewaySettings settings)
    {
        _ = options;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(new CurrentSettings(settings));
        return builder.Build();
    }
}
