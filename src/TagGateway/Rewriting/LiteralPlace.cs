namespace TagGateway.Rewriting;

/// <summary>Where in the code a literal stands.</summary>
internal static class LiteralPlace
{
    /// <summary>Beside a comparison, or a label of a switch.</summary>
    public static bool IsComparison(ScriptTokens tokens, int literal) =>
        Compares(tokens, literal - 1) || Compares(tokens, literal + 1) || tokens.Is(literal - 1, "case");

    /// <summary>The argument of <c>x.indexOf(…)</c> and its like.</summary>
    public static bool IsTestArgument(ScriptTokens tokens, int literal) =>
        tokens.Is(literal - 1, "(") && (tokens.Is(literal - 3, ".") || tokens.Is(literal - 3, "?."))
        && tokens.TextOf(literal - 2) is "indexOf" or "lastIndexOf" or "startsWith" or "endsWith" or "includes" or "match" or "search" or "has" or "test" or "split";

    /// <summary><c>{"…":x</c> or <c>,"…":x</c>.</summary>
    public static bool IsKey(ScriptTokens tokens, int literal) =>
        tokens.Is(literal + 1, ":") && (tokens.Is(literal - 1, "{") || tokens.Is(literal - 1, ","));

    /// <summary>The bracket of a list of nothing but strings that the literal stands in; -1: it does not.</summary>
    public static int ListOf(ScriptTokens tokens, int literal)
    {
        var open = literal - 1;
        while (tokens[open].Kind == ScriptTokenKind.String || tokens.Is(open, ","))
        {
            open--;
        }

        if (!tokens.Is(open, "[") || tokens.IsName(open - 1) && !IsKeyword(tokens, open - 1))
        {
            return -1;
        }

        for (var i = open + 1; i < tokens[open].Partner; i++)
        {
            if (tokens[i].Kind != ScriptTokenKind.String && !tokens.Is(i, ","))
            {
                return -1;
            }
        }

        return open;
    }

    /// <summary>The call that the literal is an argument of, however it is chosen there (<c>f(a?"x":"y")</c>): the bracket and which argument; -1: none.</summary>
    public static (int Open, int Argument) CallOf(ScriptTokens tokens, int literal)
    {
        var argument = 0;
        for (var i = literal - 1; i >= 0; i--)
        {
            if (tokens.Closes(i))
            {
                i = tokens[i].Partner;
            }
            else if (tokens.Is(i, ","))
            {
                argument++;
            }
            else if (tokens.Opens(i))
            {
                return tokens.Is(i, "(") && IsCalled(tokens, i - 1) ? (i, argument) : (-1, 0);
            }
            else if (tokens.Is(i, ";") || tokens.Is(i, "=") || tokens.Is(i, "return"))
            {
                break;
            }
        }

        return (-1, 0);
    }

    private static bool Compares(ScriptTokens tokens, int index) =>
        tokens[index].Kind == ScriptTokenKind.Punctuator && tokens.TextOf(index) is "===" or "!==" or "==" or "!=";

    /// <summary>What is called: <c>f</c>, <c>a.b</c>, <c>g()</c>.</summary>
    private static bool IsCalled(ScriptTokens tokens, int index) =>
        (tokens.IsName(index) && !IsKeyword(tokens, index)) || tokens.Is(index, ")") || tokens.Is(index, "]");

    private static bool IsKeyword(ScriptTokens tokens, int index) =>
        tokens.TextOf(index) is "return" or "if" or "while" or "for" or "switch" or "case" or "typeof" or "in" or "of" or "void" or "catch" or "function" or "delete" or "else";
}
