using System.Diagnostics.CodeAnalysis;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Responding;

namespace TagGateway.TagScripts;

/// <summary>Serves scripts out of what is kept (RFC 9111, RFC 5861): fresh at once, stale while a newer one is fetched, stale in need; fills what is missing
/// once for all who want it.</summary>
internal sealed class ScriptCache(
    MemoryStore memory, Variants variants, ScriptForms forms, FillTable fills, ScriptGuard guard, GatewayMetrics metrics, LimitMetrics limits, TimeProvider time)
{
    /// <summary>With a stale script at hand nobody waits longer than this for a newer one.</summary>
    private static readonly TimeSpan StalePatience = TimeSpan.FromSeconds(1);
    private static readonly Task<ScriptBypass> Answered = Task.FromResult(ScriptBypass.None);

    /// <summary>Answers, or says why the request has to be passed on.</summary>
    public Task<ScriptBypass> AnswerAsync(HttpContext context, ScriptLoad load)
    {
        if (!memory.TryGet<Entry>(load.Key, out var entry))
        {
            return FillAsync(context, load, former: null);
        }

        var lifetimes = Lifetimes.Of(entry.Rules, load.Policy);
        var state = lifetimes.StateAt(entry.Age);
        if (state is EntryState.StaleIfError or EntryState.Expired)
        {
            return FillAsync(context, load, entry);
        }

        if (state == EntryState.StaleWhileRevalidate && FindMark(load) is null)
        {
            fills.JoinAsync(load, entry, out _, forms.ClientOf(context));
        }

        return ServeAsync(context, load, entry, state == EntryState.Fresh ? ScriptOutcome.Hit : ScriptOutcome.Stale, status: null);
    }

    /// <summary>Has the script of this load read, fetched if need be, for what it says.</summary>
    public async Task<FillResult> ReadAsync(ScriptLoad load, CancellationToken gone) =>
        memory.TryGet<Entry>(load.Key, out var entry) ? new FillResult(FillKind.Stored, entry)
        : FindMark(load) ?? await WaitAsync(fills.JoinAsync(load, null, out _), load.Fetch.Site.Timeout, gone) ?? FillResult.Failed;

    private async Task<ScriptBypass> FillAsync(HttpContext context, ScriptLoad load, Entry? former)
    {
        var isFirst = false;
        var result = FindMark(load);
        if (result is null)
        {
            var filling = fills.JoinAsync(load, former, out isFirst, forms.ClientOf(context), forms.Find(context, load, isTemplate: load.Rules.Kind != RewriteKind.None));
            result = await WaitAsync(filling, MayServeStale(load, former) ? StalePatience : load.Fetch.Site.Timeout, context.RequestAborted);
        }

        switch (result)
        {
            case { Entry: { } entry }:
                var collapsed = former is null ? CacheStatus.Collapsed : CacheStatus.CollapsedStale;
                return await ServeAsync(context, load, entry, OutcomeOf(result.Kind), isFirst ? StatusOf(result.Kind) : collapsed);
            case { Kind: FillKind.Foreign, Elsewhere: { } address }:
                await RedirectAsync(context, load, address);
                return ScriptBypass.None;
            case { Kind: FillKind.Passed }:
                return result.Bypass;
            default:
                // Another gateway may have left one that is good enough for this.
                var stale = former ?? (memory.TryGet<Entry>(load.Key, out var kept) ? kept : null);
                return MayServeStale(load, stale) ? await ServeAsync(context, load, stale, ScriptOutcome.StaleIfError, CacheStatus.StaleIfError)
                    : result?.Kind == FillKind.Shed ? await ShedAsync(context, load)
                    : await GiveUpAsync(context, load);
        }
    }

    private static bool MayServeStale(ScriptLoad load, [NotNullWhen(true)] Entry? entry) =>
        entry is not null && Lifetimes.Of(entry.Rules, load.Policy).StateAt(entry.Age) != EntryState.Expired;

    /// <summary>Null when the patience is over, or the visitor has gone.</summary>
    private async Task<FillResult?> WaitAsync(Task<FillResult> filling, TimeSpan patience, CancellationToken gone)
    {
        try
        {
            return await filling.WaitAsync(patience, time, gone);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    private Task<ScriptBypass> ServeAsync(HttpContext context, ScriptLoad load, Entry entry, ScriptOutcome outcome, string? status)
    {
        if (!guard.MayServe(load.Fetch.Site, entry))
        {
            // It was kept under a configuration that allowed it.
            memory.Remove(load.Key, entry);
            return FillAsync(context, load, former: null);
        }

        if (forms.Find(context, load, entry.Head.IsTemplate) is not { } form)
        {
            return GiveUpAsync(context, load);
        }

        var lifetimes = Lifetimes.Of(entry.Rules, load.Policy);
        if (NotModifiedForm(context.Request.Headers, entry, form) is { } known)
        {
            metrics.ScriptAnswered(load.Fetch.Site.Name, outcome);
            EntryAnswer.WriteNotModified(context, entry, lifetimes, known, status);
            return Answered;
        }

        var best = form with { IsQuick = false };
        return variants.TryRetain(entry.Content, best) is { } body ? WriteAsync(context, load, entry, best, body, outcome, status)
            : form.IsQuick && variants.TryRetain(entry.Content, form) is { } quick ? WriteAsync(context, load, entry, form, quick, outcome, status)
            : MakeAndWriteAsync(context, load, entry, form, outcome, status);
    }

    /// <summary>The form that the visitor has already; null: none. Who may get the quick one may have got the other as well.</summary>
    private static EntryForm? NotModifiedForm(IHeaderDictionary request, Entry entry, EntryForm form)
    {
        var best = form with { IsQuick = false };
        return EntryAnswer.IsNotModified(request, entry, best) ? best
            : form.IsQuick && EntryAnswer.IsNotModified(request, entry, form) ? form
            : null;
    }

    private async Task<ScriptBypass> MakeAndWriteAsync(
        HttpContext context, ScriptLoad load, Entry entry, EntryForm form, ScriptOutcome outcome, string? status)
    {
        var account = new WorkAccount(form.IsQuick ? CpuLane.Untrusted : load.Lane, forms.ClientOf(context));
        if (await variants.GetAsync(entry.Content, form, account, context.Features.Get<MemoryLease>()) is { } body)
        {
            return await WriteAsync(context, load, entry, form, body, outcome, status);
        }

        // It had to go between looking and serving; most often for a newer one. Or it is there, and there are too many to fill it for.
        return !memory.TryGet<Entry>(load.Key, out var newer) ? ScriptBypass.Evicted
            : newer == entry ? await ShedAsync(context, load)
            : await ServeAsync(context, load, newer, outcome, status);
    }

    private async Task<ScriptBypass> WriteAsync(
        HttpContext context, ScriptLoad load, Entry entry, EntryForm form, StoredBytes body, ScriptOutcome outcome, string? status)
    {
        try
        {
            metrics.ScriptAnswered(load.Fetch.Site.Name, outcome);
            await EntryAnswer.WriteAsync(context, entry, Lifetimes.Of(entry.Rules, load.Policy), form, body, status);
        }
        finally
        {
            body.Release();
        }

        return ScriptBypass.None;
    }

    private Task<ScriptBypass> ShedAsync(HttpContext context, ScriptLoad load)
    {
        limits.RequestShed(load.Lane == CpuLane.Untrusted ? ShedKind.UntrustedScript : ShedKind.Script);
        return GiveUpAsync(context, load);
    }

    private async Task<ScriptBypass> GiveUpAsync(HttpContext context, ScriptLoad load)
    {
        if (load.Elsewhere is null)
        {
            metrics.ScriptAnswered(load.Fetch.Site.Name, ScriptOutcome.Failed);
            await PlainAnswer.BadGatewayAsync(context);
        }
        else
        {
            await RedirectAsync(context, load, load.Elsewhere);
        }

        return ScriptBypass.None;
    }

    private Task RedirectAsync(HttpContext context, ScriptLoad load, string address)
    {
        metrics.ScriptAnswered(load.Fetch.Site.Name, ScriptOutcome.Redirected);
        context.Response.Headers[CacheStatus.Header] = CacheStatus.Redirected;
        return PlainAnswer.RedirectAsync(context, address);
    }

    private FillResult? FindMark(ScriptLoad load) => memory.TryGet<FillMark>(load.MarkKey, out var mark) ? mark.Result : null;

    private static ScriptOutcome OutcomeOf(FillKind kind) => kind switch
    {
        FillKind.Kept => ScriptOutcome.Hit,
        FillKind.Revalidated => ScriptOutcome.Revalidated,
        FillKind.Shared => ScriptOutcome.Shared,
        _ => ScriptOutcome.Miss,
    };

    private static string? StatusOf(FillKind kind) => kind switch
    {
        FillKind.Kept => null,
        FillKind.Revalidated => CacheStatus.Revalidated,
        FillKind.Replaced => CacheStatus.Replaced,
        FillKind.Shared => CacheStatus.Shared,
        _ => CacheStatus.Miss,
    };
}
