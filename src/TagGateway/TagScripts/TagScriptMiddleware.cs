using System.Buffers.Text;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Caching;
using TagGateway.Limits;
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
    RequestDelegate next, KnowledgeTable knowledge, KnowledgeReader reader, ScriptCache cache, ScriptForms forms, PassLimits passes, GoogleForwarder forwarder,
    GatewayMetrics metrics, LimitMetrics limits, ILogger<TagScriptMiddleware> logger)
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
        var load = ScriptLoad.Of(target, script, tag, visitor.Region);
        var lane = bypass == ScriptBypass.Personal ? CpuLane.Untrusted : load.Lane;
        if (!RequestRoom.TryEnter(context, lane == CpuLane.Untrusted ? MemoryPriority.UntrustedScript : MemoryPriority.Script))
        {
            return ShedAsync(context, target, script, tag, lane);
        }

        if (bypass != ScriptBypass.None)
        {
            return PassAsync(context, target, script, tag, (bypass, lane));
        }

        var answering = cache.AnswerAsync(context, load);
        return answering.IsCompletedSuccessfully && answering.Result == ScriptBypass.None
            ? Task.CompletedTask
            : PassUnlessAnsweredAsync(context, target, script, tag, answering, lane);
    }

    private static ScriptBypass BypassOf(HttpContext context, MeasurementTarget target, ScriptRequest script, Visitor visitor) =>
        target.Site.Scripts is null ? ScriptBypass.Off
        : !IsLoad(context) ? ScriptBypass.Method
        : PersonalRequest.Is(context.Request.Headers, script.Parameters) ? ScriptBypass.Personal
        : target.Route is null && !visitor.Region.IsKnown && target.Site.Visitor.Ip != VisitorIp.Hide ? ScriptBypass.RegionUnknown
        : ScriptBypass.None;

    private async Task PassUnlessAnsweredAsync(
        HttpContext context, MeasurementTarget target, ScriptRequest script, TagId tag, Task<ScriptBypass> answering, CpuLane lane)
    {
        var bypass = await answering;
        if (bypass != ScriptBypass.None)
        {
            await PassAsync(context, target, script, tag, (bypass, lane));
        }
    }

    private async Task PassAsync(HttpContext context, MeasurementTarget target, ScriptRequest script, TagId tag, (ScriptBypass Reason, CpuLane Lane) why)
    {
        // Plain ones come as often as a client likes: they do not take the place of those that are kept for all.
        var client = forms.ClientOf(context);
        var account = why.Lane == CpuLane.Untrusted ? new WorkAccount(CpuLane.Untrusted, client) : new WorkAccount(CpuLane.Ordinary, null);
        if (!passes.TryBegin(account, client))
        {
            await ShedAsync(context, target, script, tag, account.Lane);
            return;
        }

        try
        {
            metrics.ScriptPassed(target.Site.Name, why.Reason);
            var visitor = context.Features.GetRequiredFeature<Visitor>();
            await forwarder.ForwardAsync(context, new GoogleRequest(target, visitor, RequestKind.Script, tag, Body: null, context.RequestAborted)
            {
                Elsewhere = IsLoad(context) ? ScriptTarget.ElsewhereOf(target, script, tag) : null,
                CacheStatus = CacheStatus.Bypass(LabelNames<ScriptBypass>.Of(why.Reason)),
                Account = account,
            });
        }
        finally
        {
            passes.End(account, client);
        }
    }

    /// <summary>There is no room: the browser gets the script from Google, and the site keeps measuring.</summary>
    private Task ShedAsync(HttpContext context, MeasurementTarget target, ScriptRequest script, TagId tag, CpuLane lane)
    {
        limits.RequestShed(lane == CpuLane.Untrusted ? ShedKind.UntrustedScript : ShedKind.Script);
        if (!IsLoad(context))
        {
            return PlainAnswer.ShedAsync(context);
        }

        metrics.ScriptAnswered(target.Site.Name, ScriptOutcome.Redirected);
        return PlainAnswer.RedirectAsync(context, ScriptTarget.ElsewhereOf(target, script, tag));
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
