using System.Globalization;
using System.Text;

namespace TagGateway.Html;

/// <summary>The markup that is injected into a page without a tag. ASCII alone, so that it is right in every charset that holds ASCII. It declares no global name: a
/// page's own <c>const gtag</c> or <c>let dataLayer</c> beside one would be a syntax error, and the page's script would not run.</summary>
internal static class TagSnippet
{
    private const string Layer = "w=w.dataLayer=w.dataLayer||[];function g(){w.push(arguments)}";

    /// <summary>For the page's head: the consent default, when one is configured, and the loader; of a container the whole bootstrap.</summary>
    /// <param name="plan">Of the site; the tag is its main one.</param>
    /// <param name="nonce">That the page's policies accept; null: none.</param>
    /// <param name="addressPrefix">The page's origin, where a <c>base</c> would lead a path elsewhere; else empty.</param>
    public static byte[] Head(TagPlan plan, string? nonce, string addressPrefix = "")
    {
        var consent = plan.ConsentDefault is null ? "" : $"g('consent','default',{InScript(plan.ConsentDefault)});";
        var address = $"{addressPrefix}{plan.Path}/?id={plan.MainTag}";
        if (plan.IsContainer)
        {
            var nonceLine = string.IsNullOrEmpty(nonce) ? "" : $"j.nonce='{InString(nonce)}';";
            return Bytes(Inline(
                $"{consent}w.push({{'gtm.start':Date.now(),event:'gtm.js'}});"
                + $"var d=document,f=d.getElementsByTagName('script')[0],j=d.createElement('script');j.async=true;{nonceLine}j.src='{InString(address)}';f.parentNode.insertBefore(j,f)",
                nonce));
        }

        var loader = $"<script async src=\"{InAttribute(address)}\"{NonceAttribute(nonce)}></script>";
        return Bytes((consent.Length == 0 ? "" : Inline(consent.TrimEnd(';'), nonce)) + loader);
    }

    /// <summary>For the page's end, of tags that are no container: what makes the loaded tag measure. Not on a page that has shown a tag of the site's since, which
    /// says this itself. Empty for a container.</summary>
    /// <param name="plan">Of the site.</param>
    /// <param name="nonce">That the page's policies accept; null: none.</param>
    public static byte[] End(TagPlan plan, string? nonce) =>
        plan.IsContainer ? [] : Bytes(Inline($"g('js',new Date());g('config','{InString(plan.MainTag)}')", nonce));

    private static string Inline(string code, string? nonce) => $"<script{NonceAttribute(nonce)}>!function(w){{{Layer}{code}}}(window)</script>";

    private static string NonceAttribute(string? nonce) => string.IsNullOrEmpty(nonce) ? "" : $" nonce=\"{InAttribute(nonce)}\"";

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>JSON as an expression: what could end the script element, open a comment in it or be a line end to a script stands only within its strings.</summary>
    private static string InScript(string json) => Escape(json, static letter => letter is '<' or '>' or '&' or > '~', static letter => UnicodeEscape(letter));

    private static string InString(string text) =>
        Escape(text, static letter => letter is < ' ' or > '~' or '\'' or '"' or '\\' or '<' or '>' or '&', static letter => UnicodeEscape(letter));

    private static string InAttribute(string text) =>
        Escape(text, static letter => letter is < '!' or > '~' or '"' or '\'' or '<' or '>' or '&', static letter => string.Create(CultureInfo.InvariantCulture, $"&#{(int)letter};"));

    private static string UnicodeEscape(char letter) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");

    private static string Escape(string text, Predicate<char> must, Func<char, string> escape)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            result.Append(must(letter) ? escape(letter) : letter.ToString());
        }

        return result.ToString();
    }
}
