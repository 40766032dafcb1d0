using TagGateway.Responding;

namespace TagGateway.Operations;

/// <summary>The administration port: <c>/livez</c>, <c>/readyz</c> and <c>/metrics</c> for whoever reaches it, <c>/api/*</c> for who may.
/// Nothing of the traffic's way is on it.</summary>
internal static class AdminPipeline
{
    public static void UseAdmin(this IApplicationBuilder app)
    {
        var api = app.ApplicationServices.GetRequiredService<AdminApi>();
        app.Use(next => context =>
            context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? api.InvokeAsync(context)
            : HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? next(context)
            : PlainAnswer.MethodNotAllowedAsync(context, "GET, HEAD"));
        app.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
        var readiness = app.ApplicationServices.GetRequiredService<Readiness>();
        app.Run(context => context.Request.Path.Value switch
        {
            "/livez" => PlainAnswer.WriteTextAsync(context, StatusCodes.Status200OK, "alive\n"),
            "/readyz" => PlainAnswer.WriteTextAsync(context, readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, readiness.Describe()),
            _ => PlainAnswer.NotFoundAsync(context),
        });
    }
}
