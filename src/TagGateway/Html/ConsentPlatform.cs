namespace TagGateway.Html;

/// <summary>A consent platform that a page has, in the form it has it.</summary>
/// <param name="Name">Of the product.</param>
/// <param name="BlocksByAddress">It holds other scripts of the page back by what it knows of their addresses, or may do so: one of another address would run without
/// consent. Nobody can see from outside what a site has set in it, so a form that can block counts as one that does.</param>
internal sealed record ConsentPlatform(string Name, bool BlocksByAddress)
{
    /// <summary>The page says of this script that the platform is to let it be, whatever its address is. Only what the maker documents or public sites use;
    /// <c>data-cookieyes</c> is none: CookieYes blocks by it or by the address.</summary>
    /// <param name="script">Its start tag.</param>
    public bool Exempts(HtmlAttributes script) => Name switch
    {
        // support.cookiebot.com 4405978132242, manual cookie blocking.
        "Cookiebot" => Says(script, "data-cookieconsent"u8, "ignore"),
        // gtm-support/core#186 and many public pages.
        "OneTrust" => script.Has("data-ot-ignore"u8),
        // Pages of Usercentrics' own documentation.
        "Usercentrics" => Says(script, "data-uc-allowed"u8, "true"),
        // iubenda's plugin for WordPress.
        "iubenda" => Says(script, "class"u8, "_iub_cs_skip"),
        "Termly" => Says(script, "data-categories"u8, "essential"),
        "Osano" => Says(script, "data-osano"u8, "ESSENTIAL"),
        _ => false,
    };

    /// <summary>One of the words of the value.</summary>
    private static bool Says(HtmlAttributes script, ReadOnlySpan<byte> name, string word) =>
        script.ValueOf(name)?.Split((char[])[' ', ',', '\t', '\n', '\r', '\f']).Contains(word, StringComparer.OrdinalIgnoreCase) == true;
}
