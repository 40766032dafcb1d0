using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Sites;

/// <summary>A Google tag id such as <c>G-ABC123</c>: letters, '-', letters or digits; case-insensitive, kept in upper case
/// (google/gtg-ads: <c>^[a-zA-Z]+-[a-zA-Z0-9]+$</c>). Safe in a host name and in a URL.</summary>
internal readonly record struct TagId
{
    private const int MaxLength = 32;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private readonly string _value;

    private TagId(string value) => _value = value;

    /// <summary>False for the default value.</summary>
    public bool IsKnown => _value is not null;

    /// <summary>Google Tag Manager containers load by <c>gtm.js</c>, all other tags by <c>gtag/js</c>.</summary>
    public bool IsContainer => _value is not null && _value.StartsWith("GTM-", StringComparison.Ordinal);

    /// <summary>False for a null, empty, over-long or malformed <paramref name="text"/>; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TagId id)
    {
        var upper = text is { Length: <= MaxLength } ? text.ToUpperInvariant() : "";
        var dash = upper.IndexOf('-');
        var ok = dash > 0 && dash < upper.Length - 1
            && upper.AsSpan(0, dash).IndexOfAnyExceptInRange('A', 'Z') < 0
            && !upper.AsSpan(dash + 1).ContainsAnyExcept(Allowed);
        id = ok ? new TagId(upper) : default;
        return ok;
    }

    public override string ToString() => _value ?? "";
}
