namespace TagGateway.Pages;

/// <summary>Registers what pages need.</summary>
internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services) => services.AddSingleton<OriginForwarder>();
}
