using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TagGateway.Demo.Google;

/// <summary>Turns a request on the wire into its record and its route.</summary>
internal static class RequestReader
{
    private const int MaxKeptBody = 16 * 1024 * 1024;

    /// <summary>Reads the body to its end, or to where the sender broke off; never throws for what the other side does.</summary>
    public static async Task<(RecordedRequest Request, GoogleRoute Route)> ReadAsync(HttpContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var at = time.GetUtcNow();
        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var tap = context.Features.Get<RequestHeadTap>();
        var head = tap?.TakeHead(request.Method, rawTarget, request.Protocol);
        var headers = head is null ? ReadHeaders(request.Headers) : RequestHead.ReadHeaders(head);
        var (body, length, complete) = await ReadBodyAsync(request.Body, cancellationToken);
        tap?.Forget();

        var tagId = request.Headers["X-Gtg-Tag-Id"].ToString();
        var route = GoogleRoute.Of(request.Method, request.Host.Host, tagId.Length == 0 ? null : tagId, rawTarget);
        return (new()
        {
            At = at,
            Method = request.Method,
            Scheme = request.Scheme,
            Protocol = request.Protocol,
            Host = request.Host.Value ?? "",
            RawTarget = rawTarget,
            Headers = headers,
            RawHead = head,
            Body = body,
            BodyLength = length,
            BodyComplete = complete,
            Kind = route.Kind,
            Tag = route.Tag,
            MeasurementPath = route.MeasurementPath,
            SubPath = route.SubPath,
            Query = route.Query,
            Obscured = route.Obscured,
        }, route);
    }

    private static List<HeaderLine> ReadHeaders(IHeaderDictionary headers) =>
        [.. headers.SelectMany(header => header.Value.Select(value => new HeaderLine(header.Key, value ?? "")))];

    private static async Task<(byte[] Body, long Length, bool Complete)> ReadBodyAsync(Stream body, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var length = 0L;
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0; length += read)
            {
                kept.Write(buffer, 0, (int)Math.Min(read, MaxKeptBody - kept.Length));
            }

            return (kept.ToArray(), length, true);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return (kept.ToArray(), length, false);
        }
    }
}
