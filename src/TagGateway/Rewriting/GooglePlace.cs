using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using TagGateway.Routes;

namespace TagGateway.Rewriting;

/// <summary>What Google writes into a script about the region of who asks for it. Source: the objects in 150 scripts that were saved in 25 countries between 2023 and
/// 2026, the EU's in Italy, Portugal, Romania and Spain; where none was seen, what spares the visitor more.</summary>
internal sealed class GooglePlace
{
    /// <summary>The European Economic Area: the Digital Markets Act holds (key 6), and hits go to <c>region1</c> (key 4).</summary>
    private static readonly FrozenSet<string> EuropeanEconomicArea =
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Treated by Google's consent rules like the EU; which collection region their visitors get was not seen.</summary>
    private static readonly FrozenSet<string> LikeEurope = new[] { "GB", "CH" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly GooglePlace Nowhere = new("", "");

    private GooglePlace(string country, string region)
    {
        (Country, Region) = (country, region);
        IsEuropean = EuropeanEconomicArea.Contains(country);
        GoogleDomain = country == "US" ? "" : DomainOf(country);
    }

    /// <summary>Key 0: <c>DE</c>; empty when nobody knows, which the scripts take strictly.</summary>
    public string Country { get; }

    /// <summary>Key 1: <c>DE-BY</c>; empty when only the country is known.</summary>
    public string Region { get; }

    /// <summary>Key 3: <c>google.de</c>; empty in the United States and where Google has no domain.</summary>
    public string GoogleDomain { get; }

    /// <summary>Key 5, and 32 of the blob: contact data may be looked for in the page. Not in the EU and Brazil.</summary>
    public bool MayReadContacts => !IsEuropean && !LikeEurope.Contains(Country) && Country is not ("BR" or "");

    /// <summary>Key 4.</summary>
    private string CollectionRegion => IsEuropean || LikeEurope.Contains(Country) ? "region1" : "";

    private bool IsEuropean { get; }

    public string Name => Region.Length > 0 ? Region : Country;

    /// <param name="region">As Google's contract spells it: <c>US-CA</c>, <c>US</c>; empty when it is unknown.</param>
    public static GooglePlace Of(string region) =>
        region.Length < 2 ? Nowhere : new GooglePlace(region[..2], region.Length > 2 ? region : "");

    /// <summary>The same object for this place. What it says beside the place stays as it was.</summary>
    /// <param name="base64">Google's own, made for whoever fetched the script.</param>
    /// <param name="target">Gets the new one, in base64 without padding.</param>
    public void WriteGeo(ReadOnlySpan<byte> base64, IBufferWriter<byte> target)
    {
        var json = new ArrayBufferWriter<byte>(512);
        using (var source = JsonDocument.Parse(Decode(base64)))
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var property in source.RootElement.EnumerateObject())
            {
                Write(writer, property);
            }

            writer.WriteEndObject();
        }

        var room = target.GetSpan(Base64.GetMaxEncodedToUtf8Length(json.WrittenCount));
        Base64.EncodeToUtf8(json.WrittenSpan, room, out _, out var written);
        target.Advance(room[..written].TrimEnd((byte)'=').Length);
    }

    /// <summary>Whether this is such an object: an object in base64 that names a country and a region.</summary>
    public static bool IsGeo(ReadOnlySpan<char> base64)
    {
        // {"0":"
        if (!base64.StartsWith("eyIwIjoi", StringComparison.Ordinal) || base64.Length > 4096)
        {
            return false;
        }

        try
        {
            var bytes = Encoding.ASCII.GetBytes(base64.ToString());
            using var json = JsonDocument.Parse(Decode(bytes));
            Nowhere.WriteGeo(bytes, new ArrayBufferWriter<byte>()); // what cannot be written is none either
            return json.RootElement.TryGetProperty("1"u8, out var region) && region.ValueKind == JsonValueKind.String;
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private void Write(Utf8JsonWriter writer, JsonProperty property)
    {
        switch (property.Name)
        {
            case "0": writer.WriteString("0", Country); break;
            case "1": writer.WriteString("1", Region); break;
            case "2": writer.WriteBoolean("2", Country == "CN"); break;
            case "3": writer.WriteString("3", GoogleDomain); break;
            case "4": writer.WriteString("4", CollectionRegion); break;
            case "5": writer.WriteBoolean("5", MayReadContacts); break;
            case "6": writer.WriteBoolean("6", IsEuropean || Country.Length == 0); break;
            default: property.WriteTo(writer); break;
        }
    }

    private static string DomainOf(string country)
    {
        var label = country == "GB" ? "uk" : country.ToLowerInvariant();
        return Array.Find([label, $"co.{label}", $"com.{label}"], suffix => GoogleDomains.Contains(suffix)) is { } found && country.Length > 0 ? $"google.{found}" : "";
    }

    private static byte[] Decode(ReadOnlySpan<byte> base64)
    {
        var text = Encoding.ASCII.GetString(base64).TrimEnd('=').Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
    }
}
