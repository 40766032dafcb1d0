using TagGateway.Routes;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>Google's own address of a script: where a browser is sent for what the site must not or cannot serve, and where it comes from when Google's ordinary
/// hosts are the upstream.</summary>
internal static class GoogleScriptAddress
{
    private const string Host = "www.googletagmanager.com";

    public static string Of(TagId tag) => Of(tag, ScriptEndpoint.Tag, "");

    /// <param name="tag">The script's tag.</param>
    /// <param name="endpoint">By which address it is loaded.</param>
    /// <param name="parameters">The further raw parameters, empty or beginning with '&amp;'.</param>
    public static string Of(TagId tag, ScriptEndpoint endpoint, string parameters) => $"https://{Host}{PathOf(tag, endpoint)}?id={tag}{parameters}";

    public static GoogleRoute RouteOf(TagId tag, ScriptEndpoint endpoint) =>
        HostRoutes.TryFind(Host, PathOf(tag, endpoint), out var route) ? route : throw new InvalidOperationException("The table has every script of a tag.");

    private static string PathOf(TagId tag, ScriptEndpoint endpoint) =>
        endpoint == ScriptEndpoint.Destination ? "/gtag/destination" : tag.IsContainer ? "/gtm.js" : "/gtag/js";
}
