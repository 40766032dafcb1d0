using System.Globalization;
using Microsoft.Extensions.Primitives;
using TagGateway.Caching;

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

        var (brotli, gzip, identity, other) = (-1d, -1d, -1d, -1d);
        foreach (var line in accepted)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var item = line.AsSpan(range).Trim();
                var semicolon = item.IndexOf(';');
                var name = semicolon < 0 ? item : item[..semicolon].TrimEnd();
                var weight = semicolon < 0 ? 1 : Weight(item[(semicolon + 1)..]);
                if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
                {
                    brotli = weight;
                }
                else if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase))
                {
                    gzip = weight;
                }
                else if (name.Equals("identity", StringComparison.OrdinalIgnoreCase))
                {
                    identity = weight;
                }
                else if (name is "*")
                {
                    other = weight;
                }
            }
        }

        brotli = brotli < 0 ? other : brotli;
        gzip = gzip < 0 ? other : gzip;
        return brotli > 0 && brotli >= gzip && brotli >= identity ? ContentCoding.Brotli
            : gzip > 0 && gzip >= identity ? ContentCoding.Gzip
            : ContentCoding.Identity;
    }

    /// <summary><c>q=0.5</c>; 1 for parameters that are no weight, 0 for a malformed one.</summary>
    private static double Weight(ReadOnlySpan<char> parameters)
    {
        var text = parameters.Trim();
        if (!text.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        return double.TryParse(text[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? Math.Clamp(weight, 0, 1) : 0;
    }
}
