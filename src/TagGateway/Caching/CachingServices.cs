using TagGateway.Configuration;
using TagGateway.Operations;

namespace TagGateway.Caching;

/// <summary>Registers what keeps entries.</summary>
internal static class CachingServices
{
    public static IServiceCollection AddCaching(this IServiceCollection services)
    {
        services.AddSingleton(CreateMemory);
        services.AddSingleton<RedisHealth>();
        services.AddSingleton<RedisLink>();
        services.AddSingleton<SharedStore>();
        services.AddSingleton<SharedPurges>();
        services.AddSingleton<ScriptPurge>();
        services.AddSingleton<PurgeEntries>(provider => provider.GetRequiredService<ScriptPurge>().PurgeAsync);
        services.AddHostedService<RedisWatch>();
        services.AddSingleton<PurgeLedger>();
        services.AddSingleton<Variants>();
        return services;
    }

    private static MemoryStore CreateMemory(IServiceProvider provider)
    {
        // The limit is asked for anew at each change, so that a reload takes effect.
        var settings = provider.GetRequiredService<CurrentSettings>();
        var memory = new MemoryStore(() => settings.Value.CacheBytes);
        provider.GetRequiredService<GatewayMetrics>().Observe(memory);
        return memory;
    }
}
