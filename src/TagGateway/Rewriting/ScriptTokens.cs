using System.Buffers;
using Acornima;

namespace TagGateway.Rewriting;

/// <summary>The tokens of a whole script with their brackets paired. Tokens and not a tree: they tell a string from a regular expression, and take a fraction of
/// the time and memory.</summary>
internal sealed class ScriptTokens : IDisposable
{
    /// <summary>Steps that the rules may look around in one script: the largest of 363 real ones takes a twenty-fifth of it.</summary>
    private const int MaxSteps = 5_000_000;

    /// <summary>In scripts that have been made small; of others there is room for more, and of denser ones it grows.</summary>
    private const int BytesPerToken = 3;

    /// <summary>Whatever a browser may know; regular expressions are only passed over.</summary>
    private static readonly TokenizerOptions Options = new() { AllowHashBang = true, OnRegExp = static (in _) => default };
    private ScriptToken[] _tokens;
    private NameIndex? _names;
    private int _steps;

    private ScriptTokens(string text, ScriptToken[] tokens, int count) => (Text, _tokens, Count) = (text, tokens, count);

    public string Text { get; }

    public int Count { get; }

    public NameIndex Names => _names ??= new NameIndex(this);

    /// <summary>So much was looked for that the rest was not: nothing found about this script counts.</summary>
    public bool IsSpent => _steps > MaxSteps;

    /// <summary>Counts a step of a search whose length the script decides; false when there have been too many, and then the search ends.</summary>
    public bool Spend() => ++_steps <= MaxSteps;

    /// <summary>No script has so many: the search ends here.</summary>
    public void GiveUp() => _steps = MaxSteps + 1;

    /// <summary>Outside the script: a token of kind <see cref="ScriptTokenKind.None"/>, so that neighbours can be looked at without counting.</summary>
    public ScriptToken this[int index] => (uint)index < (uint)Count ? _tokens[index] : default;

    /// <summary>Null when it is no JavaScript, or not whole: a string or a bracket is open at its end. Disposed by the caller.</summary>
    public static ScriptTokens? TryRead(string text)
    {
        var tokens = ArrayPool<ScriptToken>.Shared.Rent(Math.Max(text.Length / BytesPerToken, 256));
        var open = ArrayPool<int>.Shared.Rent(1024);
        try
        {
            var count = Read(text, ref tokens, ref open);
            if (count >= 0)
            {
                var result = new ScriptTokens(text, tokens, count);
                tokens = null!; // the result's now
                return result;
            }

            return null;
        }
        catch (ParseErrorException)
        {
            return null;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(open);
            if (tokens is not null)
            {
                ArrayPool<ScriptToken>.Shared.Return(tokens);
            }
        }
    }

    public ReadOnlySpan<char> TextOf(int index)
    {
        var token = this[index];
        return Text.AsSpan(token.Start, token.End - token.Start);
    }

    /// <summary>What stands between the quotes, escapes as they are; of a piece of a template literal the piece.</summary>
    public ReadOnlySpan<char> ContentOf(int index)
    {
        var token = this[index];
        return token.Kind == ScriptTokenKind.String ? Text.AsSpan(token.Start + 1, token.End - token.Start - 2) : TextOf(index);
    }

    /// <summary>A punctuator or a name that reads so.</summary>
    public bool Is(int index, string text) =>
        this[index].Kind is ScriptTokenKind.Punctuator or ScriptTokenKind.Name && TextOf(index).SequenceEqual(text);

    public bool IsString(int index, string content) => this[index].Kind == ScriptTokenKind.String && ContentOf(index).SequenceEqual(content);

    public bool IsName(int index) => this[index].Kind == ScriptTokenKind.Name;

    public bool Opens(int index) => this[index] is { Kind: ScriptTokenKind.Punctuator, Partner: var partner } && partner > index;

    public bool Closes(int index) => this[index] is { Kind: ScriptTokenKind.Punctuator, Partner: >= 0 and var partner } && partner < index;

    /// <summary>The next token of the same depth.</summary>
    public int After(int index) => Opens(index) ? this[index].Partner + 1 : index + 1;

    /// <summary>Behind the last token of an expression that has no comma: where its bracket, argument or statement ends.</summary>
    public int EndOfExpression(int index)
    {
        while (index < Count && !Closes(index) && !Is(index, ",") && !Is(index, ";") && Spend())
        {
            index = After(index);
        }

        return index;
    }

    /// <summary>The first token that begins at or behind this character.</summary>
    public int IndexAt(int position)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _tokens[middle].Start < position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public void Dispose()
    {
        var tokens = _tokens;
        _tokens = [];
        _names?.Dispose();
        _names = null;
        if (tokens.Length > 0)
        {
            ArrayPool<ScriptToken>.Shared.Return(tokens);
        }
    }

    /// <summary>The number of tokens; -1 when brackets do not pair.</summary>
    private static int Read(string text, ref ScriptToken[] tokens, ref int[] open)
    {
        var tokenizer = new Tokenizer(text, Options);
        var (count, depth) = (0, 0);
        while (true)
        {
            var token = tokenizer.GetToken();
            if (token.Kind == TokenKind.EOF)
            {
                return depth == 0 ? count : -1;
            }

            var kind = KindOf(token.Kind);
            var partner = -1;
            var opens = false;
            if (kind == ScriptTokenKind.Punctuator)
            {
                var last = text[token.End - 1];
                if (last is '(' or '[' or '{')
                {
                    opens = true;
                }
                else if (last is ')' or ']' or '}')
                {
                    if (depth == 0 || !Pairs(text[tokens[open[depth - 1]].End - 1], last))
                    {
                        return -1;
                    }

                    partner = open[--depth];
                    tokens[partner] = tokens[partner] with { Partner = count };
                }
            }

            Grow(ref tokens, count);
            var parent = depth == 0 ? -1 : open[depth - 1];
            tokens[count] = new ScriptToken(token.Start, token.End, partner, parent, kind, kind is ScriptTokenKind.String or ScriptTokenKind.Template && IsDisguised(text, token));
            if (opens)
            {
                Grow(ref open, depth);
                open[depth++] = count;
            }

            count++;
        }
    }

    /// <summary>Escapes are made to be written in JSON (<c>\/</c>, <c>\u003C</c>): they leave a host readable. One that only the value shows is hidden.</summary>
    private static bool IsDisguised(string text, Token token)
    {
        var raw = text.AsSpan(token.Start, token.End - token.Start);
        if (!raw.Contains('\\'))
        {
            return false;
        }

        var value = token.Value is TemplateValue template ? template.Cooked : token.Value as string;
        return GoogleHosts.Contains(value) && !GoogleHosts.Contains(raw);
    }

    private static ScriptTokenKind KindOf(TokenKind kind) => kind switch
    {
        TokenKind.Punctuator => ScriptTokenKind.Punctuator,
        TokenKind.StringLiteral => ScriptTokenKind.String,
        TokenKind.NumericLiteral or TokenKind.BigIntLiteral => ScriptTokenKind.Number,
        TokenKind.RegExpLiteral => ScriptTokenKind.Regex,
        TokenKind.Template => ScriptTokenKind.Template,
        _ => ScriptTokenKind.Name,
    };

    private static bool Pairs(char open, char close) => (open, close) is ('(', ')') or ('[', ']') or ('{', '}');

    private static void Grow<T>(ref T[] array, int used)
    {
        if (used < array.Length)
        {
            return;
        }

        var larger = ArrayPool<T>.Shared.Rent(array.Length * 2);
        array.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
