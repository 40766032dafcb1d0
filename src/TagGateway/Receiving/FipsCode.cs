namespace TagGateway.Receiving;

/// <summary>Tells the subdivision codes of FIPS 10-4, which some databases still hold, from those of ISO 3166-2 that Google reads:
/// <c>GB</c> and <c>H9</c> is London to the one and nothing to the other.</summary>
internal static class FipsCode
{
    /// <summary>Countries whose ISO codes are letters alone, and which are large enough to stand in old databases.</summary>
    private static readonly HashSet<string> Lettered = ["AR", "AU", "BE", "BR", "CA", "CH", "DE", "ES", "GB", "IE", "IN", "MX", "NL", "NZ", "US", "ZA"];

    /// <summary>True for a letter and a digit (in ISO only Nepal's <c>P1</c> to <c>P7</c>), and for digits where ISO has letters alone.
    /// Elsewhere two digits may be either and count as ISO, which every current database holds.</summary>
    /// <param name="country">In upper case; null is no country.</param>
    /// <param name="code">The subdivision's.</param>
    public static bool IsLikely(string? country, string code) =>
        code is [var first, var second]
        && char.IsAsciiDigit(second)
        && (char.IsAsciiLetter(first) ? country != "NP" : country is not null && Lettered.Contains(country));
}
