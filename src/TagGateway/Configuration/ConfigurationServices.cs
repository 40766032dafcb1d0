using Microsoft.Extensions.DependencyInjection.Extensions;
using TagGateway.Operations;

namespace TagGateway.Configuration;

/// <summary>Registers the settings in force and their reload.</summary>
internal static class ConfigurationServices
{
    /// <param name="services">Where to.</param>
    /// <param name="loaded">Without errors.</param>
    /// <param name="input">What <paramref name="loaded"/> was made of; loaded again when the file changes.</param>
    public static IServiceCollection AddConfiguration(this IServiceCollection services, LoadedConfiguration loaded, ConfigurationInput input)
    {
        var settings = loaded.Settings ?? throw new ArgumentException("the configuration has errors", nameof(loaded));
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ReloadState>();
        services.TryAddSingleton<GatewayMetrics>();
        return services
            .AddSingleton(input)
            .AddSingleton(input.OpenFiles())
            .AddSingleton(loaded)
            .AddSingleton(new CurrentSettings(settings))
            .AddHostedService<ConfigurationReload>();
    }
}
