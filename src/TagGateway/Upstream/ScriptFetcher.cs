using System.Net;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Sanitizing;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>Fetches scripts in the gateway's own name: method, address, region and a few fixed headers, nothing of any visitor. So the answer is nobody's,
/// and may be given to all who ask the same.</summary>
internal sealed class ScriptFetcher(UpstreamClients clients, TagHosts hosts, GooglePipelines pipelines, CurrentSettings settings, TimeProvider time)
{
    private const string UserAgent = "Mozilla/5.0 (compatible; TagGateway)";

    /// <summary>Never throws but for cancellation. The caller disposes the result.</summary>
    /// <param name="fetch">What to ask for.</param>
    /// <param name="former">A stale entry of the same key, whose validators are sent; null: none.</param>
    /// <param name="lease">What the body counts against; null: it is not accounted for.</param>
    /// <param name="stop">The gateway stops.</param>
    public async Task<FetchedScript> FetchAsync(ScriptFetch fetch, Entry? former, MemoryLease? lease, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(fetch.Site.Timeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        var asked = hosts.Find(fetch.Site, fetch.Tag);
        var fetched = await FetchFromAsync(new Attempt(asked, fetch, former, lease), ending.Token, stop);
        if (fetch.Route is not null || fetched.Status is not (>= 400 and < 500) || fetched.Outcome != FetchOutcome.Answered)
        {
            return fetched;
        }

        if (asked == fetch.Tag)
        {
            hosts.Forget(fetch.Site, fetch.Tag);
            return fetched;
        }

        fetched.Dispose();
        fetched = await FetchFromAsync(new Attempt(fetch.Tag, fetch, former, lease), ending.Token, stop);
        if (fetched.Status is >= 200 and < 300)
        {
            hosts.Remember(fetch.Site, fetch.Tag);
        }

        return fetched;
    }

    private async Task<FetchedScript> FetchFromAsync(Attempt attempt, CancellationToken ending, CancellationToken stop)
    {
        var context = ResilienceContextPool.Shared.Get(ending);
        try
        {
            var outcome = await pipelines.For(GoogleAddress.HostOf(attempt.Fetch.Route, attempt.Asked), attempt.Fetch.Form).ExecuteOutcomeAsync(
                static async (context, state) => Outcome.FromResult(await state.Self.AttemptAsync(state.Attempt, context.CancellationToken)),
                context,
                (Self: this, Attempt: attempt));
            stop.ThrowIfCancellationRequested();
            switch (outcome.Exception)
            {
                case OperationCanceledException:
                    return FetchedScript.Failed(FetchOutcome.TimedOut);
                case BrokenCircuitException:
                    return FetchedScript.Failed(FetchOutcome.CircuitOpen);
                default:
                    outcome.ThrowIfException();
                    return outcome.Result!; // no exception: there is a result
            }
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<FetchedScript> AttemptAsync(Attempt attempt, CancellationToken ending)
    {
        var connectTo = settings.Value.ConnectTo;
        using var request = CreateRequest(GoogleAddress.Of(attempt.Fetch, attempt.Asked, connectTo), attempt.Fetch, attempt.Former);
        var hasAnswer = false;
        var start = time.GetTimestamp();
        try
        {
            using var answer = await clients.GoogleFor(connectTo).SendAsync(request, ending);
            hasAnswer = true;
            return await ReadAsync(answer, attempt, start, ending);
        }
        catch (OperationCanceledException)
        {
            return FetchedScript.Failed(FetchOutcome.TimedOut);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return FetchedScript.Failed(hasAnswer ? FetchOutcome.CutShort : FetchOutcome.Unreachable);
        }
    }

    private static HttpRequestMessage CreateRequest(GoogleAddress address, ScriptFetch fetch, Entry? former)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address.Uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation(HeaderNames.Accept, "*/*");
        request.Headers.TryAddWithoutValidation(HeaderNames.AcceptEncoding, "br, gzip");
        request.Headers.TryAddWithoutValidation(HeaderNames.UserAgent, UserAgent);
        if (fetch.Region.IsKnown)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-CountryRegion", fetch.Region.ToString());
        }

        if (former?.Header(HeaderNames.ETag) is { } tag)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.IfNoneMatch, tag);
        }

        if (former?.Header(HeaderNames.LastModified) is { } date)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.IfModifiedSince, date);
        }

        return request;
    }

    private async Task<FetchedScript> ReadAsync(HttpResponseMessage answer, Attempt attempt, long start, CancellationToken ending)
    {
        var fetch = attempt.Fetch;
        var status = (int)answer.StatusCode;
        var isFrame = fetch.IsVersioned && fetch.Path.EndsWith(".html", StringComparison.Ordinal);
        var headers = HeadersOf(answer, fetch);
        if (status is >= 500 or 429)
        {
            return new FetchedScript(FetchOutcome.UpstreamError, status, headers, null, time.GetElapsedTime(start));
        }

        if (status != 200 || !(ScriptAnswer.IsScript(answer, "GET") || (isFrame && answer.Content.Headers.ContentType?.MediaType == "text/html")))
        {
            return new FetchedScript(FetchOutcome.Answered, status, headers, null, time.GetElapsedTime(start));
        }

        await using var source = await answer.Content.ReadAsStreamAsync(ending);
        var (body, outcome) = await ScriptAnswer.ReadAsync(source, answer.Content.Headers.ContentLength, attempt.Lease, ending);
        return body is null ? FetchedScript.Failed(outcome) : new FetchedScript(outcome, status, headers, body, time.GetElapsedTime(start));
    }

    private static List<HeaderField> HeadersOf(HttpResponseMessage answer, ScriptFetch fetch)
    {
        var headers = new HeaderDictionary();
        var rules = AnswerHeaders.RulesOf(fetch.Site, fetch.Route, fetch.Route is null ? fetch.Path.AsSpan(fetch.Site.Path.Value.Length) : fetch.Path, host: "");
        ResponseSanitizer.Copy(answer, headers, rules);
        if (answer.Headers.NonValidated.Contains(HeaderNames.SetCookie) && !headers.ContainsKey(HeaderNames.SetCookie))
        {
            // A cookie that no browser may have is still a sign that the answer is one visitor's.
            headers[HeaderNames.SetCookie] = "";
        }

        if (answer.Headers.NonValidated.TryGetValues(EntryRules.TargetedCacheControl, out var targeted))
        {
            // The cache obeys it, and the entry keeps it from the client.
            headers[EntryRules.TargetedCacheControl] = new StringValues([.. targeted]);
        }

        return [.. headers.SelectMany(header => header.Value.Select(value => new HeaderField(header.Key, value ?? "")))];
    }

    /// <param name="Asked">The tag whose host is asked.</param>
    /// <param name="Fetch">What for.</param>
    /// <param name="Former">Whose validators are sent; null: none.</param>
    /// <param name="Lease">What the body counts against.</param>
    private sealed record Attempt(TagId Asked, ScriptFetch Fetch, Entry? Former, MemoryLease? Lease);
}
