using System.Net;
using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Responding;
using TagGateway.Rewriting;
using TagGateway.Routes;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Judges and rewrites what is passed on uncached. Nothing of it is kept, but where its bytes are those of a script that is kept already, it is served as that
/// one: then it was made for no visitor.</summary>
internal sealed class PassedScripts(ScriptReader reader, Variants variants, VisitorValues values)
{
    /// <summary>See <see cref="AnswerRewriter"/>.</summary>
    public async Task<RewrittenAnswer> RewriteAsync(GoogleRequest request, HttpContext context, HttpResponseMessage answer, PooledBuffer body, bool isScript)
    {
        if (isScript && answer.StatusCode == HttpStatusCode.PartialContent)
        {
            // A part cannot be judged. It was asked for only where the request named a tag of the site.
            return new RewrittenAnswer(answer.RequestMessage?.Headers.NonValidated.Contains(HeaderNames.Range) == true ? ScriptVerdict.Serve : ScriptVerdict.Unreadable);
        }

        var filling = request.Site.IsFull && answer.StatusCode == HttpStatusCode.OK ? values.Find(context, request.Site, writesRegion: request.Target.Route is not null) : null;
        if (!isScript && filling is null)
        {
            return RewrittenAnswer.AsItCame();
        }

        var coding = answer.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentEncoding, out var names) ? names.ToString() : "";
        if (!ContentCodings.TryParse(coding, out var known))
        {
            return isScript ? new RewrittenAnswer(ScriptVerdict.Unreadable) : RewrittenAnswer.AsItCame();
        }

        var source = new ScriptSource(request.Site, request.Tag, filling is null ? default : RulesOf(request), known, body.Memory) { IsJudged = isScript };
        var lease = context.Features.Get<MemoryLease>();
        using var reading = await reader.ReadAsync(source, request.Account, lease, request.VisitorGone);
        return reading.Outcome switch
        {
            ReadingOutcome.Known when reading.Known is { IsTemplate: true } content && filling is not null => await FillAsync(request, context, content, filling),
            ReadingOutcome.Read when reading.Template is { } template && filling is not null => Fill(template, filling, lease),
            ReadingOutcome.Known or ReadingOutcome.Read => RewrittenAnswer.AsItCame(),
            ReadingOutcome.Shed => RewrittenAnswer.Shed(),
            _ when !isScript => RewrittenAnswer.AsItCame(),
            _ => new RewrittenAnswer(new ScriptVerdict(MayServe: false, reading.Elsewhere)),
        };
    }

    private static RewriteRules RulesOf(GoogleRequest request) => request.Target.Route?.Kind is RouteKind.WorkerPage or RouteKind.NoScriptPage
        ? new RewriteRules(RewriteKind.Page)
        : new RewriteRules(RewriteKind.Script, ScriptRequest.LayerOf(request.Target.Query), ReplacesRegion: request.Target.Route is not null);

    private async Task<RewrittenAnswer> FillAsync(GoogleRequest request, HttpContext context, StoredContent content, TemplateValues filling)
    {
        var form = new EntryForm(AcceptEncoding.Choose(context.Request.Headers.AcceptEncoding), filling, IsQuick: true);
        foreach (var wanted in (ReadOnlySpan<EntryForm>)[form with { IsQuick = false }, form])
        {
            if (variants.TryRetain(content, wanted) is { } stored)
            {
                return new RewrittenAnswer(ScriptVerdict.Serve) { Stored = stored, Coding = form.Coding };
            }
        }

        return await variants.GetAsync(content, form, request.Account, context.Features.Get<MemoryLease>()) is { } made
            ? new RewrittenAnswer(ScriptVerdict.Serve) { Stored = made, Coding = form.Coding }
            : RewrittenAnswer.Shed();
    }

    /// <summary>Not encoded: it is for this visitor alone, and compressing it would cost as much as the rest.</summary>
    private static RewrittenAnswer Fill(PooledBuffer template, TemplateValues filling, MemoryLease? lease)
    {
        var filled = new PooledBuffer(lease);
        if (filled.TryReserve(template.Length) && ScriptTemplate.TryRender(template.Span, filling, filled))
        {
            return new RewrittenAnswer(ScriptVerdict.Serve) { Own = filled };
        }

        filled.Dispose();
        return RewrittenAnswer.Shed();
    }
}
