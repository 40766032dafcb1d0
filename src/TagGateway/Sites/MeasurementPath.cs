using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Sites;

/// <summary>The site's measurement path such as <c>/f807</c>: '/' and letters or digits, several segments allowed, no trailing
/// slash, at most 100 characters (google/gtg-ads: <c>[A-Za-z0-9/]</c>, no <c>//</c>, not only <c>/</c>). Case-sensitive.</summary>
internal sealed class MeasurementPath
{
    private const int MaxLength = 100;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/");

    /// <summary>Words that block lists match on in any path (field reports: EasyPrivacy and its like).</summary>
    private static readonly string[] TellingWords = ["analytics", "collect", "ga", "gtag", "gtm", "measurement", "metrics", "stats", "tag", "tracking"];

    private MeasurementPath(string value) => Value = value;

    public string Value { get; }

    /// <summary>A segment that block lists know, so that the operator can be warned; null when the path is untelling.</summary>
    public string? TellingWord => Array.Find(TellingWords, word => Value.Split('/').Contains(word, StringComparer.OrdinalIgnoreCase));

    /// <summary>Accepts one trailing slash. On false <paramref name="error"/> says what is wrong, without naming the key.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MeasurementPath? path, [NotNullWhen(false)] out string? error)
    {
        path = null;
        error = text switch
        {
            null or "" => "is missing: choose an unused path of the site, such as \"/f807\"",
            _ when text[0] != '/' => $"\"{text}\" must begin with '/'",
            "/" => "\"/\" is the whole site: choose an unused path such as \"/f807\"",
            { Length: > MaxLength } => $"is longer than {MaxLength} characters",
            _ when text.Contains("//", StringComparison.Ordinal) => $"\"{text}\" has an empty segment (\"//\")",
            _ when text.AsSpan().ContainsAnyExcept(Allowed) => $"\"{text}\" may hold only letters, digits and '/'",
            _ => null,
        };
        if (error is not null)
        {
            return false;
        }

        path = new MeasurementPath(text!.TrimEnd('/'));
        return true;
    }

    /// <summary>True when <paramref name="path"/> (no query) is this path or lies below it, by whole segments, byte for byte.</summary>
    public bool Covers(ReadOnlySpan<char> path) =>
        path.StartsWith(Value, StringComparison.Ordinal) && (path.Length == Value.Length || path[Value.Length] == '/');

    public override string ToString() => Value;
}
