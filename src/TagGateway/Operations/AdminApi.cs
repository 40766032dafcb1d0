using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Responding;

namespace TagGateway.Operations;

/// <summary><c>/api/*</c> on the administration port: what may change something, and only for who may (<see cref="AdminAccess"/>).</summary>
internal sealed class AdminApi(CurrentSettings settings, PurgeEntries purge, RewriteLedger rewrites, TimeProvider time, ILogger<AdminApi> logger)
{
    public const string PurgePath = "/api/purge";

    /// <summary>What was made of each tag's script, on sites of full coverage.</summary>
    private const string ScriptsPath = "/api/scripts";
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary>Quotes stay readable: the answers are JSON, never part of a page.</summary>
    private static readonly ApiJson Json = new(new JsonSerializerOptions(ApiJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The whole of a purge; nobody waits longer for Redis.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task InvokeAsync(HttpContext context)
    {
        var token = settings.Value.AdminToken;
        var verdict = AdminAccess.Judge(context, token);
        if (verdict != AdminVerdict.Granted)
        {
            logger.AccessRefused(verdict);
            return RefuseAsync(context, token is not null);
        }

        return context.Request.Path.Value switch
        {
            PurgePath => AnswerPurgeAsync(context),
            ScriptsPath when HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) =>
                WriteAsync(context, StatusCodes.Status200OK, rewrites.Records, Json.IReadOnlyListRewriteRecord),
            ScriptsPath => PlainAnswer.MethodNotAllowedAsync(context, HttpMethods.Get),
            _ => PlainAnswer.NotFoundAsync(context),
        };
    }

    private Task AnswerPurgeAsync(HttpContext context) =>
        context.Request.Method != HttpMethods.Post ? PlainAnswer.MethodNotAllowedAsync(context, HttpMethods.Post)
        : !IsJson(context.Request) ? ErrorAsync(context, StatusCodes.Status415UnsupportedMediaType, "the content type must be application/json")
        : PurgeAsync(context);

    /// <summary>The same line whatever is wrong: a stranger learns nothing of the rule.</summary>
    private static Task RefuseAsync(HttpContext context, bool hasToken)
    {
        context.Response.Headers.Connection = "close"; // its body is not worth reading
        if (!hasToken)
        {
            return PlainAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, "only for requests of this machine, unless admin.token is configured");
        }

        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"taggateway\"";
        return PlainAnswer.WriteAsync(context, StatusCodes.Status401Unauthorized, "needs \"Authorization: Bearer\" and admin.token");
    }

    /// <summary>No form of a page can send it: the second bar against pages, after <see cref="AdminAccess"/>.</summary>
    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static Task ErrorAsync(HttpContext context, int status, string error) => WriteAsync(context, status, new ApiError(error), Json.ApiError);

    private static Task WriteAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> type) =>
        PlainAnswer.WriteBodyAsync(context, status, "application/json", JsonSerializer.SerializeToUtf8Bytes(answer, type));

    private async Task PurgeAsync(HttpContext context)
    {
        var read = await context.Request.BodyReader.ReadAtLeastAsync(MaxBodyBytes + 1, context.RequestAborted);
        var body = read.Buffer.ToArray();
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (body.Length > MaxBodyBytes)
        {
            await ErrorAsync(context, StatusCodes.Status413PayloadTooLarge, $"the body is larger than {MaxBodyBytes} bytes");
            return;
        }

        if (!PurgeRequest.TryParse(body, settings.Value.Sites, out var scope, out var error))
        {
            await ErrorAsync(context, StatusCodes.Status400BadRequest, error.ToString());
            return;
        }

        // Not tied to the connection: a purge that was asked for is done.
        using var deadline = new CancellationTokenSource(Patience, time);
        var result = await purge(scope, deadline.Token);
        logger.Purged(scope, result.Removed, result.Reach);
        await WriteAsync(context, StatusCodes.Status200OK, result, Json.PurgeResult);
    }
}
