using TagGateway.Caching;
using TagGateway.Commands;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Pages;
using TagGateway.Receiving;
using TagGateway.TagScripts;
using TagGateway.Upstream;

namespace TagGateway;

/// <summary>The program's start: the command line decides, <c>Build</c> lists what the gateway is made of.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CommandLine.InvokeAsync(
        args,
        new CommandContext(ConfigurationInput.OfProcess(ConfigurationFlags.None), Build, DemoStage.StartAsync),
        Console.Out,
        Console.Error);

    /// <summary>The gateway, ready to run. Not started: a taken port shows at the start.</summary>
    /// <param name="loaded">Without errors.</param>
    /// <param name="input">What <paramref name="loaded"/> was made of, for reloads.</param>
    public static WebApplication Build(LoadedConfiguration loaded, ConfigurationInput input) => Build(loaded, input, TimeProvider.System);

    /// <param name="loaded">Without errors.</param>
    /// <param name="input">What <paramref name="loaded"/> was made of, for reloads.</param>
    /// <param name="time">The clock of the gateway's own decisions; the server below has its own.</param>
    public static WebApplication Build(LoadedConfiguration loaded, ConfigurationInput input, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(time);
        builder.AddReceiving(new Endpoints(ListenUrls.Parse(loaded.Options.Urls), ListenUrls.Parse(loaded.Options.Admin.Url)[0]));
        builder.Services.AddOperations(loaded.Options.Log);
        builder.Services.AddConfiguration(loaded, input);
        builder.Services.AddLimits();
        builder.Services.AddCaching();
        builder.Services.AddUpstream();
        builder.Services.AddTagScripts();
        builder.Services.AddPages();

        var app = builder.Build();
        app.UseGateway();
        return app;
    }
}
