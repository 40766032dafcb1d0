using System.Text;
using TagGateway.Responding;

namespace TagGateway.Operations;

/// <summary>The administration port: <c>/livez</c>, <c>/readyz</c>, <c>/metrics</c>. Nothing of the traffic's way is on it.</summary>
internal static class AdminPipeline
{
    public static void UseAdmin(this IApplicationBuilder app)
    {
        app.Use(next => context =>
            HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? next(context) : PlainAnswer.MethodNotAllowedAsync(context));
        app.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
        var readiness = app.ApplicationServices.GetRequiredService<Readiness>();
        app.Run(context => context.Request.Path.Value switch
        {
            "/livez" => WriteAsync(context, StatusCodes.Status200OK, "alive\n"),
            "/readyz" => WriteAsync(context, readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, readiness.Describe()),
            _ => PlainAnswer.NotFoundAsync(context),
        });
    }

    private static Task WriteAsync(HttpContext context, int status, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = body.Length;
        // Not HttpMethods.IsHead: for "head" the server waits for the body.
        return context.Request.Method == HttpMethods.Head ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }
}
