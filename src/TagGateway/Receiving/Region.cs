using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Receiving;

/// <summary>Where a visitor is: an ISO 3166-1 country, with an ISO 3166-2 subdivision where known, spelled as Google's contract wants it:
/// <c>US-CA</c>, <c>US</c>. Default: unknown.</summary>
internal readonly record struct Region
{
    private readonly string? _value;

    private Region(string value) => _value = value;

    public bool IsKnown => _value is not null;

    public bool HasSubdivision => _value is { Length: > 2 };

    /// <summary>Accepts <c>US</c>, <c>US-CA</c>, <c>USCA</c> (Google's load balancer) and lower case; false for anything else, names and
    /// three-letter codes included, and for the CDNs' words for unknown (<c>XX</c>, <c>ZZ</c>, <c>T1</c>).</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Region region)
    {
        region = default;
        var value = (text ?? "").Trim();
        if (value.Length < 2)
        {
            return false;
        }

        var rest = value[2..];
        var part = rest.TrimStart('-', '_');
        var isPart = rest.Length == 0 || rest == "-" || (IsPart(part) && (part.Length < rest.Length || part.Length > 1 || char.IsAsciiDigit(part[0])));
        return isPart && TryCreate(value[..2], part, out region);
    }

    /// <summary>A country and its subdivision, which may be null, empty, malformed (then it is left out) or carry the country again (<c>US-CA</c>).</summary>
    public static bool TryCreate(string? country, string? subdivision, out Region region)
    {
        var upper = (country ?? "").Trim().ToUpperInvariant();
        var ok = upper.Length == 2 && char.IsAsciiLetterUpper(upper[0]) && char.IsAsciiLetterUpper(upper[1]) && upper is not ("XX" or "ZZ");
        var part = (subdivision ?? "").Trim().ToUpperInvariant();
        if (part.StartsWith(upper + "-", StringComparison.Ordinal))
        {
            part = part[3..];
        }

        region = ok ? new Region(IsPart(part) ? $"{upper}-{part}" : upper) : default;
        return ok;
    }

    /// <summary>Whether it names a subdivision of the country that is all <paramref name="other"/> names.</summary>
    public bool Refines(Region other) =>
        HasSubdivision && other is { IsKnown: true, HasSubdivision: false } && _value!.StartsWith(other._value!, StringComparison.Ordinal); // both are known

    private static bool IsPart(string text) => text.Length is >= 1 and <= 3 && text.All(char.IsAsciiLetterOrDigit);

    public override string ToString() => _value ?? "";
}
