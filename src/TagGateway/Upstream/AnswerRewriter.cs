using TagGateway.Caching;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>Makes what a script or page of Google's sends first-party, for a site of full coverage, when it is passed on uncached.</summary>
/// <param name="site">Whose.</param>
/// <param name="context">The visitor's request: its scheme and host are the script's new ones.</param>
/// <param name="plainScript">The whole source, not encoded.</param>
/// <returns>The new source; null when it stays as it is.</returns>
internal delegate Task<byte[]?> AnswerRewriter(Site site, HttpContext context, PooledBuffer plainScript);
