using System.Globalization;

namespace TagGateway.Caching;

/// <summary>The values of the <c>Cache-Status</c> header (RFC 9211): what the gateway's cache did for an answer.</summary>
internal static class CacheStatus
{
    public const string Header = "Cache-Status";

    public const string Miss = "taggateway; fwd=uri-miss; stored";

    /// <summary>Another visitor's request, or another gateway's, brought the answer.</summary>
    public const string Collapsed = "taggateway; fwd=uri-miss; collapsed";

    /// <summary>The same where a stale one was kept.</summary>
    public const string CollapsedStale = "taggateway; fwd=stale; collapsed";

    public const string Shared = "taggateway; hit; detail=shared";

    public const string Replaced = "taggateway; fwd=stale; fwd-status=200; stored";

    public const string Revalidated = "taggateway; fwd=stale; fwd-status=304; stored";

    /// <summary>Google was asked and could not answer.</summary>
    public const string StaleIfError = "taggateway; fwd=stale; detail=stale-if-error";

    /// <summary>Nothing is kept and Google cannot answer: the browser is sent there itself.</summary>
    public const string Redirected = "taggateway; fwd=uri-miss; detail=redirected";

    /// <param name="left">Until the entry is stale; negative once it is (RFC 9211 §2.5).</param>
    public static string Hit(TimeSpan left) =>
        string.Create(CultureInfo.InvariantCulture, $"taggateway; hit; ttl={Math.Floor(left.TotalSeconds):0}");

    /// <param name="reason">Why it was not looked for: a word.</param>
    public static string Bypass(string reason) => $"taggateway; fwd=bypass; detail={reason}";
}
