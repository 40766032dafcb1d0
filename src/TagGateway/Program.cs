using TagGateway.Commands;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.TagScripts;
using TagGateway.Upstream;

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
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var endpoints = new Endpoints(options.Urls, options.Admin.Url);
        builder.WebHost.AddReceiving(endpoints);
        builder.Services.AddSingleton(endpoints);
        builder.Services.AddSingleton(new CurrentSettings(settings));
        builder.Services.AddOperations(options.Log);
        builder.Services.AddUpstream();
        builder.Services.AddTagScripts();

        var app = builder.Build();
        app.UseGateway();
        return app;
    }
}
