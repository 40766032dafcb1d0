using Microsoft.AspNetCore.Http.Features;
using TagGateway.Receiving;
using TagGateway.Responding;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Step 3a: the tag's JavaScript. Only tags that the site allows come from the site's origin; for any other the browser is sent to
/// Google, so that <c>script-src 'self'</c> never comes to mean "any tag of anybody".</summary>
internal sealed class TagScriptMiddleware(RequestDelegate next, PathKeys keys, GoogleForwarder forwarder, ILogger<TagScriptMiddleware> logger)
{
    /// <summary>Shorter segments are no tokens: two check bytes twice and a text.</summary>
    private const int MinTokenLength = 8;

    public Task InvokeAsync(HttpContext context)
    {
        var target = context.Features.Get<MeasurementTarget>();
        return target is not null && Find(context, target) is { } script ? AnswerAsync(context, target, script) : next(context);
    }

    private ScriptRequest? Find(HttpContext context, MeasurementTarget target)
    {
        var isLoad = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var subPath = target.SubPath;
        var script = ScriptRequest.Parse(subPath, target.Query, isLoad);
        return script is null && subPath.Length > MinTokenLength && !subPath[1..].Contains('/') && keys.TryDecode(target.Site, subPath[1..], out var hidden)
            ? ScriptRequest.ParseHidden(hidden)
            : script;
    }

    private Task AnswerAsync(HttpContext context, MeasurementTarget target, ScriptRequest script)
    {
        var site = target.Site;
        var tag = site.MainTag;
        for (var i = 0; i < script.Ids.Count; i++)
        {
            if (!TagId.TryParse(script.Ids[i], out var id))
            {
                return PlainAnswer.BadRequestAsync(context);
            }

            if (!site.Tags.Contains(id))
            {
                logger.TagNotAllowed(site.Name);
                return PlainAnswer.RedirectAsync(context, GoogleScriptAddress.Of(id, script.Endpoint, script.Parameters));
            }

            tag = i == 0 ? id : tag;
        }

        if (!site.Enabled)
        {
            return PlainAnswer.RedirectAsync(context, GoogleScriptAddress.Of(tag, script.Endpoint, script.Parameters));
        }

        var visitor = context.Features.GetRequiredFeature<Visitor>();
        return forwarder.ForwardAsync(context, new GoogleRequest(target, visitor, RequestKind.Script, tag, Body: null, context.RequestAborted));
    }
}
