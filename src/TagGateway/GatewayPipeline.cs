using TagGateway.Beacons;
using TagGateway.Operations;
using TagGateway.Pages;
using TagGateway.Receiving;
using TagGateway.Receiving.Admission;
using TagGateway.Responding;
using TagGateway.Sites;
using TagGateway.TagScripts;

namespace TagGateway;

/// <summary>The way of a request, top to bottom, one line a step.</summary>
internal static class GatewayPipeline
{
    public static void UseGateway(this IApplicationBuilder app)
    {
        app.MapWhen(context => context.Features.Get<AdminListener>() is not null, admin => admin.UseAdmin());
        app.UseMiddleware<FarewellMiddleware>(); // 1  while the gateway ends: connections end with their next answer
        app.UseMiddleware<ReceivingMiddleware>(); // 1  who sends, and is it sound?
        app.UseMiddleware<AdmissionMiddleware>(); // 1  is there room for it?
        app.UseMiddleware<RedirectMiddleware>(); // 1  without TLS, where TLS is wanted?
        app.UseMiddleware<SiteMiddleware>(); // 2  which site, and on its measurement path?
        app.UseMiddleware<RequestRateMiddleware>(); // 2  more than the visitor may ask?
        app.UseMiddleware<TagScriptMiddleware>(); // 3a the tag's JavaScript
        app.UseMiddleware<BeaconMiddleware>(); // 3b measurement hits
        app.UseMiddleware<PageMiddleware>(); // 3c the site's own pages
        app.Run(PlainAnswer.NotFoundAsync);
    }
}
