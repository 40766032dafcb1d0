using TagGateway.Responding;

namespace TagGateway.Sites;

/// <summary>The two questions by which Google's own tools look whether a tag gateway is alive (contract §7). Its ordinary hosts have no answer to them, so the
/// gateway answers itself.</summary>
internal static class HealthQuestion
{
    private const string GeoQuestion = "?validate_geo=healthy";
    private const string Fine = "ok";

    public static bool Is(MeasurementTarget target) =>
        target.SubPath is "/healthy" or "/healthy/" || (target.SubPath is "/" && target.Query == GeoQuestion);

    /// <summary>Where no region is sent to Google, none can be missing there; that nobody tells the gateway one is a warning at the start.</summary>
    public static Task AnswerAsync(HttpContext context) => PlainAnswer.WriteTextAsync(context, StatusCodes.Status200OK, Fine);
}
