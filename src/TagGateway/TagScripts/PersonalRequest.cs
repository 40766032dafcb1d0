using Microsoft.Net.Http.Headers;

namespace TagGateway.TagScripts;

/// <summary>Tells a preview or debug session of Tag Manager: what it gets is made for one visitor.</summary>
internal static class PersonalRequest
{
    private static readonly string[] Parameters = ["gtm_debug", "gtm_preview", "gtm_auth", "gtm_cookies_win"];
    private static readonly string[] Cookies = ["__TAG_ASSISTANT", "gtm_debug", "gtm_preview", "gtm_auth"];
    private const string PreviewHeader = "X-Gtm-Server-Preview";

    /// <param name="headers">The visitor's.</param>
    /// <param name="parameters">Raw, each with a leading '&amp;'.</param>
    public static bool Is(IHeaderDictionary headers, string parameters) =>
        HasParameter(parameters) || headers.ContainsKey(PreviewHeader) || (headers.ContainsKey(HeaderNames.Cookie) && HasCookie(headers));

    private static bool HasParameter(string parameters)
    {
        foreach (var range in parameters.AsSpan().Split('&'))
        {
            var parameter = parameters.AsSpan(range);
            var equals = parameter.IndexOf('=');
            var name = equals < 0 ? parameter : parameter[..equals];
            if (name.ContainsAny('%', '+') ? IsOne(Parameters, ScriptRequest.Decode(name)) : IsOne(Parameters, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasCookie(IHeaderDictionary headers)
    {
        foreach (var line in headers.Cookie)
        {
            foreach (var range in line.AsSpan().Split(';'))
            {
                var pair = line.AsSpan(range).Trim();
                var equals = pair.IndexOf('=');
                if (equals > 0 && IsOne(Cookies, pair[..equals].TrimEnd()))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsOne(string[] names, ReadOnlySpan<char> name)
    {
        foreach (var known in names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
