using TagGateway.Configuration;

namespace TagGateway;

/// <summary>The program's start: the command line decides, <see cref="Build"/> lists what the gateway is made of.</summary>
internal static class Program
{
    public static int Main() => 0;

    /// <summary>The gateway, ready to run. Not started: a taken port shows at the start.</summary>
    public static WebApplication Build(GatewayOptions options, GatewaySettings settings)
    {
        _ = options;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(new CurrentSettings(settings));
        return builder.Build();
    }
}
