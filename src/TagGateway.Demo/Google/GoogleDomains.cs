namespace TagGateway.Demo.Google;

/// <summary>Google's domain in each of the countries that visitors of the tests come from; everywhere else it is <c>google.com</c>.</summary>
internal static class GoogleDomains
{
    private const string Default = "google.com";

    private static readonly Dictionary<string, string> ByCountry = new(StringComparer.Ordinal)
    {
        ["AT"] = "google.at",
        ["AU"] = "google.com.au",
        ["BE"] = "google.be",
        ["BR"] = "google.com.br",
        ["CA"] = "google.ca",
        ["CH"] = "google.ch",
        ["DE"] = "google.de",
        ["ES"] = "google.es",
        ["FR"] = "google.fr",
        ["GB"] = "google.co.uk",
        ["IE"] = "google.ie",
        ["IN"] = "google.co.in",
        ["IT"] = "google.it",
        ["JP"] = "google.co.jp",
        ["KR"] = "google.co.kr",
        ["MX"] = "google.com.mx",
        ["NL"] = "google.nl",
        ["PL"] = "google.pl",
        ["SE"] = "google.se",
        ["ZA"] = "google.co.za",
    };

    /// <summary>All of them, each once.</summary>
    public static IReadOnlyList<string> All { get; } = [Default, .. ByCountry.Values];

    public static string Of(string? country) => country is not null && ByCountry.TryGetValue(country, out var domain) ? domain : Default;
}
