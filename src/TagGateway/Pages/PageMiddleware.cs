using TagGateway.Sites;

namespace TagGateway.Pages;

/// <summary>Step 3c: everything outside the measurement path is the website's, byte for byte; 404 where a site has no origin.</summary>
internal sealed class PageMiddleware(RequestDelegate next, OriginForwarder forwarder)
{
    public Task InvokeAsync(HttpContext context)
    {
        var site = context.Features.Get<SiteRequest>()?.Site;
        return site?.Origin is null ? next(context) : forwarder.ForwardAsync(context, site, site.Origin);
    }
}
