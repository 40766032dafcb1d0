using System.Buffers.Text;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Caching;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Responding;
using TagGateway.Routes;
using TagGateway.Sanitizing;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Step 3a: the tag's JavaScript. Only tags that the site allows come from the site's origin; for any other the browser is sent to
/// Google, so that <c>script-src 'self'</c> never comes to mean "any tag of anybody".</summary>
internal sealed class TagScriptMiddleware(
    RequestDelegate next, KnowledgeTable knowledge, KnowledgeReader reader, ScriptCache cache, GoogleForwarder forwarder, GatewayMetrics metrics,
    ILogger<TagScriptMiddleware> logger)
{
    /// <summary>Shorter segments are no tokens: two check bytes twice and a text.</summary>
    private const int MinTokenLength = 8;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<MeasurementTarget>() is not { } target)
        {
            return next(context);
        }

        if (target.Route is { Kind: RouteKind.Elsewhere } elsewhere)
        {
            return PlainAnswer.RedirectAsync(context, elsewhere.AddressWith(target.Query));
        }

        var script = ScriptTarget.Parse(target, IsLoad(context));
        if (script is not null)
        {
            return AnswerAsync(context, target, script);
        }

        if (IsLoad(context) && target.Site is { Enabled: true, Scripts: not null } && IsVersionedFile(target))
        {
            return AnswerFileAsync(context, target);
        }

        return target.Route is null && IsToken(target.SubPath) ? AnswerTokenAsync(context, target) : next(context);
    }

    private static bool IsLoad(HttpContext context) => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

    private static bool IsVersionedFile(MeasurementTarget target) =>
        target.Route is null ? VersionedFile.Is(target.SubPath) : target.Route.Kind is RouteKind.Worker or RouteKind.WorkerPage;

    private static bool IsToken(ReadOnlySpan<char> subPath) =>
        subPath.Length > MinTokenLength && !subPath[1..].Contains('/') && Base64Url.IsValid(subPath[1..]);

    private Task AnswerTokenAsync(HttpContext context, MeasurementTarget target)
    {
        var known = knowledge.Of(target.Site);
        if (known.TryDecode(target.SubPath[1..], out var hidden))
        {
            return ScriptRequest.ParseHidden(hidden) is { } script ? AnswerAsync(context, target, script) : next(context);
        }

        return known.IsRead || !IsLoad(context) ? next(context) : ReadAndAnswerTokenAsync(context, target);
    }

    private async Task ReadAndAnswerTokenAsync(HttpContext context, MeasurementTarget target)
    {
        await ReadAsync(context, target);
        await (knowledge.Of(target.Site).TryDecode(target.SubPath[1..], out var hidden) && ScriptRequest.ParseHidden(hidden) is { } script
            ? AnswerAsync(context, target, script)
            : next(context));
    }

    /// <summary>What the site's own scripts name is asked for only when it matters, and once.</summary>
    private async Task ReadAsync(HttpContext context, MeasurementTarget target)
    {
        try
        {
            await reader.ReadAsync(target.Site, context.Features.GetRequiredFeature<Visitor>().Region, context.RequestAborted);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // Google takes too long: what is known has to do. Or the visitor has gone: what comes of the request is nobody's concern.
        }
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

            if (!knowledge.Allows(site, id))
            {
                return knowledge.Of(site).IsRead || !site.Enabled ? RefuseAsync(context, target, script, id) : ReadAndAnswerAsync(context, target, script);
            }

            tag = i == 0 ? id : tag;
        }

        return !site.Enabled ? PlainAnswer.RedirectAsync(context, ScriptTarget.ElsewhereOf(target, script, tag))
            : target.Route is { Kind: RouteKind.NoScriptPage } ? next(context)
            : LoadAsync(context, ScriptTarget.Complete(target, script, tag), script, tag);
    }

    private async Task ReadAndAnswerAsync(HttpContext context, MeasurementTarget target, ScriptRequest script)
    {
        await ReadAsync(context, target);
        foreach (var text in script.Ids)
        {
            if (TagId.TryParse(text, out var id) && !knowledge.Allows(target.Site, id))
            {
                await RefuseAsync(context, target, script, id);
                return;
            }
        }

        await AnswerAsync(context, target, script);
    }

    private Task RefuseAsync(HttpContext context, MeasurementTarget target, ScriptRequest script, TagId id)
    {
        logger.TagNotAllowed(target.Site.Name);
        return PlainAnswer.RedirectAsync(context, ScriptTarget.ElsewhereOf(target, script, id));
    }

    private Task LoadAsync(HttpContext context, MeasurementTarget target, ScriptRequest script, TagId tag)
    {
        var visitor = context.Features.GetRequiredFeature<Visitor>();
        var bypass = BypassOf(context, target, script, visitor);
        if (bypass != ScriptBypass.None)
        {
            return PassAsync(context, target, script, tag, bypass);
        }

        var answering = cache.AnswerAsync(context, ScriptLoad.Of(target, script, tag, visitor.Region));
        return answering.IsCompletedSuccessfully && answering.Result == ScriptBypass.None
            ? Task.CompletedTask
            : PassUnlessAnsweredAsync(context, target, script, tag, answering);
    }

    private static ScriptBypass BypassOf(HttpContext context, MeasurementTarget target, ScriptRequest script, Visitor visitor) =>
        target.Site.Scripts is null ? ScriptBypass.Off
        : !IsLoad(context) ? ScriptBypass.Method
        : PersonalRequest.Is(context.Request.Headers, script.Parameters) ? ScriptBypass.Personal
        : target.Route is null && !visitor.Region.IsKnown && target.Site.Visitor.Ip != VisitorIp.Hide ? ScriptBypass.RegionUnknown
        : ScriptBypass.None;

    private async Task PassUnlessAnsweredAsync(
        HttpContext context, MeasurementTarget target, ScriptRequest script, TagId tag, Task<ScriptBypass> answering)
    {
        var bypass = await answering;
        if (bypass != ScriptBypass.None)
        {
            await PassAsync(context, target, script, tag, bypass);
        }
    }

    private Task PassAsync(HttpContext context, MeasurementTarget target, ScriptRequest script, TagId tag, ScriptBypass reason)
    {
        metrics.ScriptPassed(target.Site.Name, reason);
        var visitor = context.Features.GetRequiredFeature<Visitor>();
        return forwarder.ForwardAsync(context, new GoogleRequest(target, visitor, RequestKind.Script, tag, Body: null, context.RequestAborted)
        {
            Elsewhere = IsLoad(context) ? ScriptTarget.ElsewhereOf(target, script, tag) : null,
            CacheStatus = CacheStatus.Bypass(LabelNames<ScriptBypass>.Of(reason)),
        });
    }

    private async Task AnswerFileAsync(HttpContext context, MeasurementTarget target)
    {
        if (AnswerHeaders.WorkerScope(target) is { } scope)
        {
            context.Response.Headers[ResponseSanitizer.ServiceWorkerAllowed] = scope;
        }

        if (await cache.AnswerAsync(context, ScriptLoad.OfVersionedFile(target)) != ScriptBypass.None)
        {
            await next(context);
        }
    }
}
