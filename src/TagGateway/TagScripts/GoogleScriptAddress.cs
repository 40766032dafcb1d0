using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>Google's own address of a script: where a browser is sent for what the site must not or cannot serve.</summary>
internal static class GoogleScriptAddress
{
    private const string Host = "https://www.googletagmanager.com";

    public static string Of(TagId tag) => Of(tag, ScriptEndpoint.Tag, "");

    /// <param name="tag">The script's tag.</param>
    /// <param name="endpoint">By which address it is loaded.</param>
    /// <param name="parameters">The further raw parameters, empty or beginning with '&amp;'.</param>
    public static string Of(TagId tag, ScriptEndpoint endpoint, string parameters)
    {
        var path = endpoint == ScriptEndpoint.Destination ? "/gtag/destination" : tag.IsContainer ? "/gtm.js" : "/gtag/js";
        return $"{Host}{path}?id={tag}{parameters}";
    }
}
