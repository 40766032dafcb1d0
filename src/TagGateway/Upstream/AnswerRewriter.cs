using TagGateway.Caching;

namespace TagGateway.Upstream;

/// <summary>Judges a script or page of Google's that is passed on uncached, by the tag rule of step 3a, whatever it was asked for by, and makes what it sends first-party
/// where the site wants it.</summary>
/// <param name="request">The request.</param>
/// <param name="context">The visitor's request: its scheme and host are the script's new ones.</param>
/// <param name="answer">Google's, its headers.</param>
/// <param name="body">The whole body, encoded as it came.</param>
/// <param name="isScript">It is JavaScript, and judged.</param>
/// <returns>To be disposed when it has been sent.</returns>
internal delegate Task<RewrittenAnswer> AnswerRewriter(GoogleRequest request, HttpContext context, HttpResponseMessage answer, PooledBuffer body, bool isScript);
