using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Registers what knows about tag scripts.</summary>
internal static class TagScriptServices
{
    public static IServiceCollection AddTagScripts(this IServiceCollection services)
    {
        services.AddSingleton<PathKeys>();
        services.AddSingleton<ScriptGuard>();
        services.AddSingleton<ScriptJudge>(provider => provider.GetRequiredService<ScriptGuard>().Judge);
        return services;
    }
}
