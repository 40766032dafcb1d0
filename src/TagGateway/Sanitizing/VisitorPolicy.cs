namespace TagGateway.Sanitizing;

/// <summary>What Google may learn of a site's visitors.</summary>
internal sealed record VisitorPolicy(VisitorIp Ip, CookieAllowList Cookies, RefererPolicy Referer);
