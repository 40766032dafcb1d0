using Microsoft.Extensions.Primitives;
using TagGateway.Caching;
using TagGateway.Sanitizing;

namespace TagGateway.Responding;

/// <summary>Chooses the coding of an answer (RFC 9110 §12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>The one with the highest weight; of equal ones the smallest body: br, gzip, identity. Identity when nothing else is taken, though it be
    /// refused: an answer is better than none.</summary>
    /// <param name="accepted">Every line of <c>Accept-Encoding</c>; none: identity.</param>
    public static ContentCoding Choose(StringValues accepted)
    {
        if (accepted.Count == 0)
        {
            return ContentCoding.Identity;
        }

        var codings = AcceptedCodings.Parse(accepted);
        var (brotli, gzip, identity) = (codings.Brotli ?? codings.Other ?? 0, codings.Gzip ?? codings.Other ?? 0, codings.Identity ?? 0);
        return brotli > 0 && brotli >= gzip && brotli >= identity ? ContentCoding.Brotli
            : gzip > 0 && gzip >= identity ? ContentCoding.Gzip
            : ContentCoding.Identity;
    }
}
