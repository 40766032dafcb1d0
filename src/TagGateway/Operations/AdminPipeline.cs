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
            "/livez" => PlainAnswer.WriteTextAsync(context, StatusCodes.Status200OK, "alive\n"),
            "/readyz" => PlainAnswer.WriteTextAsync(context, readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, readiness.Describe()),
            _ => PlainAnswer.NotFoundAsync(context),
        });
    }
}
