using System.Net;
using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Responding;
using TagGateway.Rewriting;
using TagGateway.Routes;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Judges and rewrites what is passed on uncached. It is kept for nobody else; but where its bytes are those of a script that has been read already, what was made
/// of that one is served: the same bytes hold nothing that their visitor has not got from Google just now.</summary>
internal sealed class PassedScripts(ScriptReader reader, MemoryStore memory, Variants variants, VisitorValues values)
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

        var source = new ScriptSource(request.Site, request.Tag, filling is null ? default : RulesOf(request), known, body.Memory) { IsJudged = isScript, IsKept = MayKeep(request, answer) };
        var lease = context.Features.Get<MemoryLease>();
        using var reading = await reader.ReadAsync(source, request.Account, lease, request.VisitorGone);
        if (source.IsKept && reading.Outcome == ReadingOutcome.Read)
        {
            Keep(reading.ContentOf(source, request.Account.Lane, lease));
        }

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

    /// <summary>So that the next visitor's load costs no rewriting, where all of them are passed on because their regions are not known. Not what is made for one,
    /// and not where nothing is rewritten: judging alone costs little.</summary>
    private static bool MayKeep(GoogleRequest request, HttpResponseMessage answer) =>
        request is { Kind: RequestKind.Script, Account.Lane: not CpuLane.Untrusted, Site: { Scripts: not null, IsFull: true } }
        && answer is { StatusCode: HttpStatusCode.OK, Headers.CacheControl: not { NoStore: true } };

    private void Keep(StoredContent content)
    {
        if (!memory.TryPut(content.FormsKey, new LooseContent(content)))
        {
            content.Body.Release();
        }
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
