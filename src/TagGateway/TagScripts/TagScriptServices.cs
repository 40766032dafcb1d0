using TagGateway.Caching;
using TagGateway.Operations;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Registers what knows about tag scripts.</summary>
internal static class TagScriptServices
{
    public static IServiceCollection AddTagScripts(this IServiceCollection services)
    {
        services.AddSingleton<KnowledgeTable>();
        services.AddSingleton<KnowledgeReader>();
        services.AddSingleton<ScriptRewriting>();
        services.AddSingleton<ScriptReader>();
        services.AddSingleton<ScriptForms>();
        services.AddSingleton<ScriptFiller>();
        services.AddSingleton(CreateFills);
        services.AddSingleton<ForgetFills>(provider => provider.GetRequiredService<FillTable>().Forget);
        services.AddSingleton<ScriptCache>();
        services.AddSingleton<ScriptGuard>();
        services.AddSingleton<PassedScripts>();
        services.AddSingleton<PassLimits>();
        services.AddSingleton<AnswerRewriter>(provider => provider.GetRequiredService<PassedScripts>().RewriteAsync);
        return services;
    }

    private static FillTable CreateFills(IServiceProvider provider)
    {
        var fills = ActivatorUtilities.CreateInstance<FillTable>(provider);
        provider.GetRequiredService<GatewayMetrics>().ObserveFills(() => fills.Count);
        return fills;
    }
}
