using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>What becomes of scripts and pages that are passed on uncached, on a site of full coverage.</summary>
internal static class AnswerRewriting
{
    /// <summary>See <see cref="Upstream.AnswerRewriter"/>. Passed on as it is.</summary>
    public static byte[]? RewriteScript(Site site, HttpContext context, ReadOnlySpan<byte> plainScript) => null;
}
