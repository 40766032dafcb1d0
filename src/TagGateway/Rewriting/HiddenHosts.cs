using System.Buffers;
using System.Globalization;
using System.Text;

namespace TagGateway.Rewriting;

/// <summary>Looks for Google's hosts where no literal names them: character codes, base64, reversed, cut in two, in template literals. No script of Google's has had any
/// yet; the rules would not see them.</summary>
internal sealed class HiddenHosts(ScriptTokens tokens, DataRanges data, IReadOnlyDictionary<int, LiteralVerdict> verdicts)
{
    private const int MinCodes = 8;
    private const int MaxCodes = 4096;

    /// <summary>Longer ones are no hosts: the tokens of origin trials name googletagmanager.com among much else.</summary>
    private const int LongText = 128;

    /// <summary>As much of two neighbours as a host that is cut can reach into.</summary>
    private const int Reach = 48;

    /// <summary>Parts of Google's hosts in base64, at each of the three places that they can begin at, and their ends reversed.</summary>
    private static readonly SearchValues<string> Disguised = SearchValues.Create(
        [
            "Z29vZ2xlLWFuYWx5dGlj", "dvb2dsZS1hbmFseXRpY3", "nb29nbGUtYW5hbHl0aWNz", "ZG91YmxlY2xpY2", "RvdWJsZWNsaWNr", "kb3VibGVjbGlja", "Z29vZ2xldGFnbWFuYWdl",
            "dvb2dsZXRhZ21hbmFnZX", "nb29nbGV0YWdtYW5hZ2Vy", "Z29vZ2xlLmNvb", "dvb2dsZS5jb2", "nb29nbGUuY29t",
            "scitylana-elgoog", "ten.kcilcelbuod", "reganamgatelgoog", "secivresdaelgoog", "noitacidnyselgoog", "moc.elgoog",
        ],
        StringComparison.Ordinal);

    public bool Any()
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (IsHidden(i) && !data.Contains(i) && !data.IsInBlob(i))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsHidden(int i) => tokens[i].Kind switch
    {
        ScriptTokenKind.String => IsDisguised(i) || IsCut(i),
        ScriptTokenKind.Template => tokens.ContentOf(i).EndsWith("//", StringComparison.Ordinal),
        ScriptTokenKind.Number => tokens[i - 2].Kind != ScriptTokenKind.Number && SpellsHost(i),
        ScriptTokenKind.Name => tokens.Is(i, "join") && tokens.Is(i - 1, ".") && tokens.Is(i - 2, "]") && JoinsHost(tokens[i - 2].Partner, i + 2),
        _ => false,
    };

    private bool IsDisguised(int literal)
    {
        var content = tokens.ContentOf(literal);
        return (content.Length < LongText && content.ContainsAny(Disguised)) || (tokens.Is(literal - 1, "(") && tokens.Is(literal - 2, "atob") && DecodesToHost(content));
    }

    private static bool DecodesToHost(ReadOnlySpan<char> base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(base64, bytes, out var length) && GoogleHosts.Contains(Encoding.Latin1.GetString(bytes, 0, length));
    }

    /// <summary><c>"google-"+"analytics.com"</c>, <c>"www.google".concat(".com")</c>: a host that neither has whole.</summary>
    private bool IsCut(int literal)
    {
        var next = tokens.Is(literal + 1, "+") ? literal + 2 : tokens.Is(literal + 1, ".") && tokens.Is(literal + 2, "concat") ? literal + 4 : -1;
        if (tokens[next].Kind != ScriptTokenKind.String || verdicts.GetValueOrDefault(next) == LiteralVerdict.Covered)
        {
            return false;
        }

        var left = tokens.ContentOf(literal);
        var right = tokens.ContentOf(next);
        left = left[^Math.Min(left.Length, Reach)..];
        right = right[..Math.Min(right.Length, Reach)];
        Span<char> joined = stackalloc char[left.Length + right.Length];
        left.CopyTo(joined);
        right.CopyTo(joined[left.Length..]);
        for (var from = 0; GoogleHosts.TryFind(joined, from, out var start, out var end); from = end)
        {
            if (start < left.Length && end > left.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>["www","google","com"].join(".")</c></summary>
    private bool JoinsHost(int open, int separator)
    {
        var text = new StringBuilder();
        for (var i = open + 1; i < tokens[open].Partner && text.Length < MaxCodes; i++)
        {
            if (tokens[i].Kind == ScriptTokenKind.String)
            {
                text.Append(text.Length > 0 ? tokens[separator].Kind == ScriptTokenKind.String ? tokens.ContentOf(separator) : "," : []).Append(tokens.ContentOf(i));
            }
        }

        return GoogleHosts.Contains(text.ToString());
    }

    /// <summary>From the first of a row of numbers on.</summary>
    private bool SpellsHost(int first)
    {
        if (tokens[first + (2 * MinCodes)].Kind != ScriptTokenKind.Number)
        {
            return false;
        }

        var text = new StringBuilder();
        for (var i = first; tokens[i].Kind == ScriptTokenKind.Number && text.Length < MaxCodes; i += 2)
        {
            text.Append(CodeOf(tokens.TextOf(i)) is > 31 and < 127 and var code ? (char)code : ' ');
            if (!tokens.Is(i + 1, ","))
            {
                break;
            }
        }

        return GoogleHosts.Contains(text.ToString());
    }

    private static int CodeOf(ReadOnlySpan<char> number) =>
        number.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(number[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : 0
            : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;
}
