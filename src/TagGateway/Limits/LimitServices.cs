using TagGateway.Configuration;

namespace TagGateway.Limits;

/// <summary>Registers what bounds the use of the process.</summary>
internal static class LimitServices
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddSingleton(CreateBudget);
        services.AddSingleton<ClientShares>();
        services.AddSingleton<ClientRate>();
        services.AddSingleton<LimitMetrics>();
        services.AddSingleton<CpuLanes>();
        services.AddSingleton<ClientWork>();
        services.AddSingleton<OwnLeases>();
        return services;
    }

    /// <summary>The limits are asked for anew at each use, so that a reload takes effect.</summary>
    private static MemoryBudget CreateBudget(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<CurrentSettings>();
        return new MemoryBudget(() => settings.Value.Limits);
    }
}
