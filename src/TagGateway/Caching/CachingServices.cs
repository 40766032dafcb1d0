using TagGateway.Configuration;

namespace TagGateway.Caching;

/// <summary>Registers what keeps entries.</summary>
internal static class CachingServices
{
    public static IServiceCollection AddCaching(this IServiceCollection services)
    {
        services.AddSingleton(provider => new MemoryStore(MaxBytes(provider.GetRequiredService<CurrentSettings>())));
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

    /// <summary>Asked anew at each change, so that a reload takes effect.</summary>
    private static Func<long> MaxBytes(CurrentSettings settings) => () => settings.Value.CacheBytes;
}
