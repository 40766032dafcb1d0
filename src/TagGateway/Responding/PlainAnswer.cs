using System.Text;

namespace TagGateway.Responding;

/// <summary>The gateway's own answers: a status and most often one plain line, never cached, never a stack trace.</summary>
internal static class PlainAnswer
{
    /// <summary>The browser left before its answer (nginx's number); nobody reads it, logs and metrics count it.</summary>
    public const int ClientClosedRequest = 499;

    /// <summary>What sheds load is over in moments, or not at all.</summary>
    private const string RetryAfterSeconds = "1";

    public static Task BadRequestAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status400BadRequest, "bad request");

    public static Task NotFoundAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status404NotFound, "not found");

    public static Task TooLargeAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "request body too large");

    public static Task BadGatewayAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status502BadGateway, "bad gateway");

    public static Task GatewayTimeoutAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status504GatewayTimeout, "gateway timeout");

    public static Task MethodNotAllowedAsync(HttpContext context) => MethodNotAllowedAsync(context, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");

    /// <param name="context">Whose response has not begun.</param>
    /// <param name="allowed">RFC 9110 §15.5.6: a 405 names what is allowed.</param>
    public static Task MethodNotAllowedAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method not allowed");
    }

    /// <summary>There is no room for the request. Without a body: nothing of the response waits for the client.</summary>
    /// <param name="context">Whose response has not begun.</param>
    /// <param name="status">503, or 429 where the client itself sends too much.</param>
    public static Task ShedAsync(HttpContext context, int status = StatusCodes.Status503ServiceUnavailable)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentLength = 0;
        response.Headers.CacheControl = "no-store";
        response.Headers.RetryAfter = RetryAfterSeconds;
        return Task.CompletedTask;
    }

    /// <summary>A redirect that no cache keeps.</summary>
    /// <param name="context">Whose response has not begun.</param>
    /// <param name="location">An absolute address of visible ASCII.</param>
    public static Task RedirectAsync(HttpContext context, string location)
    {
        context.Response.Headers.Location = location;
        return WriteAsync(context, StatusCodes.Status302Found, "found");
    }

    /// <param name="context">Whose response has not begun.</param>
    /// <param name="status">An error or redirect.</param>
    /// <param name="line">ASCII, without the end of line.</param>
    public static Task WriteAsync(HttpContext context, int status, string line) => WriteTextAsync(context, status, line + "\n");

    /// <param name="context">Whose response has not begun.</param>
    /// <param name="status">Any that has a body.</param>
    /// <param name="text">Whole lines, each with its end.</param>
    public static Task WriteTextAsync(HttpContext context, int status, string text) =>
        WriteBodyAsync(context, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <param name="context">Whose response has not begun.</param>
    /// <param name="status">Any that has a body.</param>
    /// <param name="type">The value of <c>Content-Type</c>.</param>
    /// <param name="body">The whole of it.</param>
    public static Task WriteBodyAsync(HttpContext context, int status, string type, byte[] body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        // Not HttpMethods.IsHead: for "head" the server waits for the body.
        return context.Request.Method == HttpMethods.Head ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }
}
