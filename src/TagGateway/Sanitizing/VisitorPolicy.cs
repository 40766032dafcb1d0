namespace TagGateway.Sanitizing;

/// <summary>What Google may learn of a site's visitors.</summary>
internal sealed record VisitorPolicy(VisitorIp Ip, CookieAllowList Cookies, RefererPolicy Referer)
{
    /// <summary>The same towards hosts that would never have had a cookie of the site.</summary>
    public VisitorPolicy WithoutCookies => this with { Cookies = CookieAllowList.Nothing };
}
