using System.Text;
using System.Text.Unicode;
using TagGateway.Rewriting;

namespace TagGateway.Html;

/// <summary>What one inline script of a page does with Google's tags, and the edits that make it do so first-party.</summary>
internal sealed class InlineScript
{
    private static readonly InlineScript Unread = new() { Verdict = InlineVerdict.Doubt };

    public required InlineVerdict Verdict { get; init; }

    /// <summary>In order, not overlapping, by offsets in the script; only where the verdict says so.</summary>
    public IReadOnlyList<PageEdit> Edits { get; init; } = [];

    /// <summary>Of the tags that it loads, as it spells them.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>The data layers of the containers that it boots or loads, as far as it names them.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The site's tags that it configures: <c>gtag('config', 'G-X')</c>, whatever the function is called.</summary>
    public IReadOnlyList<string> Configured { get; init; } = [];

    /// <summary>It calls <c>gtag('consent', …)</c>, whatever the function is called.</summary>
    public bool SaysConsent { get; init; }

    /// <summary>It begins the data layer anew (<c>dataLayer = [{…}]</c>): what an injected tag has put there before is lost if its script has not arrived yet.</summary>
    public bool ResetsLayer { get; init; }

    /// <summary>Quick look, without allocation: whether the script may load a tag.</summary>
    /// <param name="script">Its bytes.</param>
    /// <param name="plan">Of the site.</param>
    public static bool MayLoad(ReadOnlySpan<byte> script, TagPlan plan) => script.IndexOf("googletagmanager.com"u8) >= 0 || HasQuoted(script, plan.Path);

    /// <summary>Quick look, without allocation: whether it may configure a tag, say consent or begin the data layer.</summary>
    public static bool MayConfigure(ReadOnlySpan<byte> script) => HasQuoted(script, "config") || HasQuoted(script, "consent") || script.IndexOf("dataLayer"u8) >= 0;

    /// <summary>Reads the whole of a script; what it cannot read is in doubt. Never throws.</summary>
    /// <param name="script">Between the tags, as it stands; any charset that holds ASCII.</param>
    public static InlineScript Read(ReadOnlySpan<byte> script, InlineContext context)
    {
        using var tokens = TokensOf(script);
        return tokens is null ? Unread : new InlineReader(tokens, context).Read();
    }

    /// <summary>A character for every byte, so that offsets agree. Letters that are not ASCII all become one that may stand in names and in no address; null: no
    /// JavaScript, or in a charset whose letters may hold a backslash (Shift_JIS, GBK).</summary>
    internal static ScriptTokens? TokensOf(ReadOnlySpan<byte> script)
    {
        if (!Ascii.IsValid(script) && !Utf8.IsValid(script) && HasBackslashInLetters(script))
        {
            return null;
        }

        return ScriptTokens.TryRead(string.Create(script.Length, script, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var space = IsWideSpace(bytes[i..]);
                text[i] = bytes[i] < 0x80 ? (char)bytes[i] : space > 0 ? ' ' : '\u00ff';
                for (; space > 1; space--)
                {
                    text[++i] = ' ';
                }
            }
        }));
    }

    /// <summary>The bytes of a no-break space or a byte order mark in UTF-8: white space in a script.</summary>
    private static int IsWideSpace(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\u00a0"u8) ? 2 : bytes.StartsWith("\ufeff"u8) ? 3 : 0;

    private static bool HasBackslashInLetters(ReadOnlySpan<byte> script)
    {
        for (var i = 1; i < script.Length; i++)
        {
            if (script[i - 1] >= 0x80 && script[i] is (byte)'\\' or (byte)'`')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A string that begins with these letters and goes on with nothing, a slash or a query.</summary>
    private static bool HasQuoted(ReadOnlySpan<byte> script, string word)
    {
        Span<byte> letters = stackalloc byte[word.Length];
        Encoding.ASCII.GetBytes(word, letters);
        for (var from = 0; script[from..].IndexOf(letters) is >= 0 and var at; from += at + letters.Length)
        {
            var (before, after) = (from + at - 1, from + at + letters.Length);
            if (before >= 0 && after < script.Length && script[before] is (byte)'"' or (byte)'\'' or (byte)'`' && script[after] is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'/' or (byte)'?' or (byte)'\\')
            {
                return true;
            }
        }

        return false;
    }
}
