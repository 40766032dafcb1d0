namespace TagGateway.Html;

/// <summary>The content security policies that a page is under; all of them count (CSP3 §3).</summary>
internal sealed class ContentPolicies
{
    public static readonly ContentPolicies None = new([]);

    private readonly ContentPolicy[] _policies;

    private ContentPolicies(ContentPolicy[] policies) => (_policies, Nonce) = (policies, FindNonce(policies));

    /// <summary>One that each policy accepts which restricts scripts and has nonces; null: there is none. Whether it is enough say the questions below.</summary>
    public string? Nonce { get; }

    /// <summary>Scripts may not be given an address by other scripts, unless a policy object of the page's own makes it (Trusted Types): bootstraps would throw.</summary>
    public bool ForbidsScriptAddresses => Array.Exists(_policies, policy => policy.RequiresTrustedTypes);

    /// <summary>Of the values of every <c>Content-Security-Policy</c> header line; report-only ones are none.</summary>
    public static ContentPolicies Parse(IReadOnlyList<string?> headers)
    {
        if (headers.Count == 0)
        {
            return None; // as of most pages
        }

        ContentPolicy[] policies = [.. headers.OfType<string>().SelectMany(header => header.Split(',')).Select(text => ContentPolicy.TryParse(text, isMeta: false)).OfType<ContentPolicy>()];
        return policies.Length == 0 ? None : new ContentPolicies(policies);
    }

    /// <summary>With the policy of a <c>meta http-equiv</c> too: one policy, commas and all, of which some directives are ignored (CSP3 §3.3).</summary>
    /// <param name="metaContent">The attribute's value, decoded.</param>
    public ContentPolicies With(string metaContent) =>
        ContentPolicy.TryParse(metaContent, isMeta: true) is { } policy ? new ContentPolicies([.. _policies, policy]) : this;

    /// <summary>An inline script that is new or changed runs: no hash can match it.</summary>
    /// <param name="nonce">The script's; null: none.</param>
    public bool AllowsInline(string? nonce) => Array.TrueForAll(_policies, policy => policy.AllowsInline(nonce));

    /// <summary>A <c>script src</c> in the page's markup loads from the measurement path.</summary>
    /// <param name="nonce">The script's; null: none.</param>
    /// <param name="origin">The page's: <c>https://www.shop.example</c>; null: not known, then only <c>'self'</c> and <c>*</c> allow it.</param>
    /// <param name="path">The measurement path, without a trailing slash.</param>
    public bool AllowsOwnScript(string? nonce, string? origin, string path) =>
        Array.TrueForAll(_policies, policy => policy.AllowsScript(nonce, origin, path + "/", isInMarkup: true));

    /// <summary>The same of a script element that a bootstrap makes: <c>'strict-dynamic'</c> allows it (CSP3 §8.2).</summary>
    public bool AllowsOwnCreatedScript(string? nonce, string? origin, string path) =>
        Array.TrueForAll(_policies, policy => policy.AllowsScript(nonce, origin, path + "/", isInMarkup: false));

    /// <summary>The tag's hits reach the measurement path, by fetch, beacon and image.</summary>
    public bool AllowsOwnRequests(string? origin, string path) =>
        Array.TrueForAll(_policies, policy => policy.Allows(origin, path + "/ga/g/c", "connect-src") && policy.Allows(origin, path + "/ga/g/c", "img-src"));

    /// <summary>A frame of the measurement path opens.</summary>
    public bool AllowsOwnFrame(string? origin, string path) =>
        Array.TrueForAll(_policies, policy => policy.Allows(origin, path + "/-/www.googletagmanager.com/ns.html", "frame-src", "child-src"));

    private static string? FindNonce(ContentPolicy[] policies)
    {
        var asked = Array.FindAll(policies, policy => policy.ScriptNonces.Count > 0);
        return asked.Length == 0 ? null : asked[0].ScriptNonces.FirstOrDefault(nonce => Array.TrueForAll(asked, policy => policy.ScriptNonces.Contains(nonce)));
    }
}
