using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TagGateway.Demo.Google;

/// <summary>The stand-in's remote control, in JSON, for tests that run in another process.</summary>
/// <remarks><list type="bullet">
/// <item><c>GET /hits[?kind=Hit]</c>: the recorded requests, oldest first, all or of one <see cref="RequestKind"/>.</item>
/// <item><c>DELETE /hits</c>: forgets them.</item>
/// <item><c>PUT /faults</c>: a list of <see cref="Fault"/> (camelCase, durations as <c>hh:mm:ss.fff</c>) replaces all; <c>DELETE /faults</c> ends them.</item>
/// <item><c>GET /scenario</c>, <c>PUT /scenario</c>: a whole <see cref="GoogleScenario"/>; what is not named gets its default.</item>
/// <item><c>GET /events</c>: each request from now on as a server-sent event.</item>
/// </list>Answers 204 to changes, 400 with a plain line to malformed JSON, 404 to all else.</remarks>
internal sealed class ControlApi(GoogleStandIn standIn, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await AnswerAsync(context, ending.Token);
        }
        catch (JsonException exception)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(exception.Message, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The listener has gone or the stand-in stops.
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", "/hits"):
                await SendHitsAsync(context, cancellationToken);
                return;
            case ("GET", "/events"):
                await SendEventsAsync(context, cancellationToken);
                return;
            case ("GET", "/scenario"):
                await context.Response.WriteAsJsonAsync(standIn.Scenario, ControlJson.Default.GoogleScenario, cancellationToken: cancellationToken);
                return;
            case ("DELETE", "/hits"):
                standIn.Recorder.Clear();
                break;
            case ("DELETE", "/faults"):
                standIn.Faults.Clear();
                break;
            case ("PUT", "/faults"):
                var faults = await JsonSerializer.DeserializeAsync(context.Request.Body, ControlJson.Default.IReadOnlyListFault, cancellationToken);
                standIn.Faults.Set(faults ?? []);
                break;
            case ("PUT", "/scenario"):
                var scenario = await JsonSerializer.DeserializeAsync(context.Request.Body, ControlJson.Default.GoogleScenario, cancellationToken);
                standIn.Scenario = scenario ?? new();
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task SendHitsAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var kind = Enum.TryParse<RequestKind>(context.Request.Query["kind"], ignoreCase: true, out var wanted) ? wanted : (RequestKind?)null;
        IReadOnlyList<RecordedRequest> hits = [.. standIn.Recorder.Requests.Where(request => kind is null || request.Kind == kind)];
        return context.Response.WriteAsJsonAsync(hits, ControlJson.Default.IReadOnlyListRecordedRequest, cancellationToken: cancellationToken);
    }

    private async Task SendEventsAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // Listening begins with the first MoveNextAsync: before the headers go out, so that no request falls between.
        await using var requests = standIn.Recorder.ListenAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = requests.MoveNextAsync();
        await context.Response.Body.FlushAsync(cancellationToken);
        while (await next)
        {
            var json = JsonSerializer.Serialize(requests.Current, ControlJson.Default.RecordedRequest);
            await context.Response.WriteAsync($"data: {json}\n\n", cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            next = requests.MoveNextAsync();
        }
    }
}
