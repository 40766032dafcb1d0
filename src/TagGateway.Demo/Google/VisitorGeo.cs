using System.Text.RegularExpressions;

namespace TagGateway.Demo.Google;

/// <summary>Where Google takes the visitor to be: on <c>fps.goog</c> as the geo headers say, on its ordinary hosts as the asker's address says.</summary>
/// <param name="Country">Two capital letters.</param>
/// <param name="Region">ISO 3166-2 such as <c>US-CA</c>, or "" when only the country is known.</param>
internal sealed partial record VisitorGeo(string Country, string Region)
{
    /// <summary>Null when the headers are absent, doubled or malformed. <c>X-Forwarded-CountryRegion</c> wins over the split pair.</summary>
    public static VisitorGeo? Read(RecordedRequest request)
    {
        var both = request.HeaderValues("X-Forwarded-CountryRegion");
        if (both.Count > 0)
        {
            return both.Count == 1 ? Parse(both[0]) : null;
        }

        var country = request.HeaderValues("X-Forwarded-Country");
        var region = request.HeaderValues("X-Forwarded-Region");
        if (country.Count != 1 || !CountryForm().IsMatch(country[0]) || region.Count > 1)
        {
            return null;
        }

        if (region.Count == 0)
        {
            return new(country[0], "");
        }

        return RegionForm().IsMatch(region[0]) ? new(country[0], $"{country[0]}-{region[0]}") : null;
    }

    /// <summary>Of a country such as <c>US</c> or a region such as <c>US-CA</c>; null when it has another form.</summary>
    public static VisitorGeo? Parse(string text) => BothForm().IsMatch(text) ? new(text[..2], text.Length > 2 ? text : "") : null;

    /// <summary>In the European Economic Area or Switzerland or the United Kingdom: stricter consent signals.</summary>
    public bool IsEurope => EuropeanCountries.Contains(Country);

    /// <summary>In the European Economic Area alone: the Digital Markets Act holds there.</summary>
    public bool IsEconomicArea => IsEurope && Country is not ("CH" or "GB");

    /// <summary>The script may look for contact data in the page.</summary>
    public bool MayReadContacts => !IsEurope && Country is not "BR";

    /// <summary>Google's domain in this country.</summary>
    public string GoogleDomain => GoogleDomains.Of(Country);

    /// <summary>The same as scripts tell it: empty in the United States.</summary>
    public string ToldDomain => Country == "US" ? "" : GoogleDomain;

    private static readonly HashSet<string> EuropeanCountries = new(
        "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".Split(' '), StringComparer.Ordinal);

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
    private static partial Regex BothForm();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex CountryForm();

    [GeneratedRegex("^[A-Z0-9]{1,3}$")]
    private static partial Regex RegionForm();
}
