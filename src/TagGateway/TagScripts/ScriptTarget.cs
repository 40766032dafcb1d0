using TagGateway.Routes;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>Where a script is really asked for, and what it is called at Google.</summary>
internal static class ScriptTarget
{
    /// <summary>The script that a request asks for; null: it asks for none.</summary>
    /// <param name="target">On the measurement path.</param>
    /// <param name="isLoad">GET or HEAD.</param>
    public static ScriptRequest? Parse(MeasurementTarget target, bool isLoad) => target.Route switch
    {
        null => ScriptRequest.Parse(target.SubPath, target.Query, isLoad),
        { Kind: not (RouteKind.Script or RouteKind.NoScriptPage) } => null,
        var route when target.NamesItsHost => ScriptRequest.ParseRoute(route.Path, target.Query),
        _ => ScriptRequest.Parse(target.SubPath, target.Query, isLoad),
    };

    /// <summary>The same target with what Google's ordinary host needs: the container's own path, and the main tag where a plain path names none. One that names
    /// its host is Google's address already, and one of the tag gateway has its own.</summary>
    public static MeasurementTarget Complete(MeasurementTarget target, ScriptRequest script, TagId tag) =>
        target.Route is null || target.NamesItsHost ? target : target with
        {
            Route = GoogleScriptAddress.RouteOf(tag, script.Endpoint),
            Query = script.Ids.Count > 0 ? target.Query : $"?id={tag}{(target.Query.Length > 1 ? "&" : "")}{target.Query.AsSpan().TrimStart('?')}",
        };

    /// <summary>Google's own address of the script, for a browser that is sent there.</summary>
    /// <param name="target">Where it was asked for.</param>
    /// <param name="script">What was asked.</param>
    /// <param name="tag">Whose script.</param>
    public static string ElsewhereOf(MeasurementTarget target, ScriptRequest script, TagId tag) =>
        target is { NamesItsHost: true, Route: { } route } ? route.AddressWith(target.Query) : GoogleScriptAddress.Of(tag, script.Endpoint, script.Parameters);
}
