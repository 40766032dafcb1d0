
namespace TagGateway.Upstream;

/// <summary>Registers what sends requests.</summary>
internal static class UpstreamServices
{
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<UpstreamClients>();
        services.AddSingleton<OriginClients>();
        services.AddSingleton<OriginHealth>();
        services.AddSingleton<OriginLimiter>();
        services.AddSingleton<TagHosts>();
        services.AddSingleton<VisitorValues>();
        services.AddSingleton<GoogleForwarder>();
        services.AddSingleton<GooglePipelines>();
        services.AddSingleton<ScriptFetcher>();
        return services;
    }
}
