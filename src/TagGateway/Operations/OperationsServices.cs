using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace TagGateway.Operations;

/// <summary>Registers logs, metrics and health.</summary>
internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services, LogOptions log)
    {
        services.AddLogging(logging => logging.AddConsole(log));
        services.AddMetrics();
        // The site comes first: no fault beside the traffic ends the program.
        services.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<Shutdown>();
        // In place of the framework's own, which stops at once.
        services.AddSingleton<IHostLifetime, StopSignals>();
        services.AddSingleton<ReloadState>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RewriteLedger>();
        services.AddSingleton<AdminApi>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("taggateway", autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => metrics.AddMeter(GatewayMetrics.MeterName).AddPrometheusExporter());
        return services;
    }

    private static void AddConsole(this ILoggingBuilder logging, LogOptions log)
    {
        logging.SetMinimumLevel(LevelOf(log.Level));
        // The framework's own request logs hold addresses and queries.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        // Whoever listens here costs an Activity for every request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A start that fails is told in one line by the command; background work logs its own faults.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        // YARP logs whole target addresses; how a forward ended is ours to tell.
        logging.AddFilter("Yarp", LogLevel.None);
        if (log.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(options => options.UseUtcTimestamp = true);
        }
        else
        {
            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
                options.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }

        Throttle(logging.Services);
    }

    /// <summary>Puts the throttle in front of the console.</summary>
    private static void Throttle(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(ConsoleLoggerProvider)));
        services.AddSingleton<ConsoleLoggerProvider>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LogThrottle>();
        services.AddSingleton<ILoggerProvider, ThrottledLoggerProvider>();
    }

    private static LogLevel LevelOf(LogThreshold threshold) => threshold switch
    {
        LogThreshold.Debug => LogLevel.Debug,
        LogThreshold.Warning => LogLevel.Warning,
        LogThreshold.Error => LogLevel.Error,
        _ => LogLevel.Information,
    };
}
