using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace TagGateway.Sanitizing;

/// <summary>What an <c>Accept-Encoding</c> says of the codings that the gateway reads and makes (RFC 9110 §12.5.3): a weight from 0, refused, to 1;
/// null for one that is not listed.</summary>
/// <param name="Brotli">Of <c>br</c>.</param>
/// <param name="Gzip">Of <c>gzip</c>, also as <c>x-gzip</c>.</param>
/// <param name="Identity">Of <c>identity</c>.</param>
/// <param name="Other">Of <c>*</c>: whatever is not listed.</param>
internal readonly record struct AcceptedCodings(double? Brotli, double? Gzip, double? Identity, double? Other)
{
    /// <param name="accepted">Every line of the header. Of a coding listed twice the last counts.</param>
    public static AcceptedCodings Parse(StringValues accepted)
    {
        var codings = default(AcceptedCodings);
        foreach (var line in accepted)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                codings = codings.With(line.AsSpan(range).Trim());
            }
        }

        return codings;
    }

    private AcceptedCodings With(ReadOnlySpan<char> item)
    {
        var semicolon = item.IndexOf(';');
        var name = semicolon < 0 ? item : item[..semicolon].TrimEnd();
        var weight = semicolon < 0 ? 1 : Weight(item[(semicolon + 1)..]);
        return name.Equals("br", StringComparison.OrdinalIgnoreCase) ? this with { Brotli = weight }
            : name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase) ? this with { Gzip = weight }
            : name.Equals("identity", StringComparison.OrdinalIgnoreCase) ? this with { Identity = weight }
            : name is "*" ? this with { Other = weight }
            : this;
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
