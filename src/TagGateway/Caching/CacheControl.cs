using System.Globalization;

namespace TagGateway.Caching;

/// <summary>The directives of a <c>Cache-Control</c> header (RFC 9111 §5.2), names in lower case.</summary>
internal sealed class CacheControl
{
    /// <summary>RFC 9111 §1.2.2: a larger number counts as this one.</summary>
    private const long MaxSeconds = 2_147_483_648;

    private readonly Dictionary<string, string?> _directives = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="values">Every line of the header. Of a directive given twice the first counts (RFC 9111 §4.2.1).</param>
    public static CacheControl Parse(IEnumerable<string> values)
    {
        var control = new CacheControl();
        foreach (var value in values)
        {
            control.Add(value);
        }

        return control;
    }

    public bool Has(string name) => _directives.ContainsKey(name);

    /// <summary>Null when the directive is absent; zero when its value is no number: RFC 9111 §4.2.1 has an invalid lifetime count as stale.</summary>
    public TimeSpan? Seconds(string name) =>
        _directives.TryGetValue(name, out var value) ? ParseSeconds(value) ?? TimeSpan.Zero : null;

    /// <summary>A whole number of seconds without sign or fraction; null for anything else.</summary>
    public static TimeSpan? ParseSeconds(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var isSmall = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < MaxSeconds;
        return TimeSpan.FromSeconds(isSmall ? seconds : MaxSeconds);
    }

    /// <summary><c>name</c>, <c>name=token</c> or <c>name="quoted, text"</c>, parted by commas.</summary>
    private void Add(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var end = EndOfDirective(rest);
            var directive = rest[..end].Trim();
            rest = end < rest.Length ? rest[(end + 1)..] : [];
            var equals = directive.IndexOf('=');
            var name = (equals < 0 ? directive : directive[..equals].TrimEnd()).ToString();
            if (name.Length > 0)
            {
                _directives.TryAdd(name, equals < 0 ? null : Unquote(directive[(equals + 1)..]));
            }
        }
    }

    private static int EndOfDirective(ReadOnlySpan<char> text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '\\' when isQuoted:
                    i++;
                    break;
                case ',' when !isQuoted:
                    return i;
                default:
                    break;
            }
        }

        return text.Length;
    }

    private static string Unquote(ReadOnlySpan<char> value) =>
        (value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value).ToString();
}
