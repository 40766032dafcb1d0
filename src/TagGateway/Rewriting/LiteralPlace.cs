namespace TagGateway.Rewriting;

/// <summary>Where in the code a value stands.</summary>
internal static class LiteralPlace
{
    /// <summary>Beside a comparison, or a label of a switch.</summary>
    public static bool IsCompared(ScriptTokens tokens, int first, int last) => Compares(tokens, first - 1) || Compares(tokens, last + 1) || tokens.Is(first - 1, "case");

    /// <summary>With <c>undefined</c>, <c>void 0</c>, <c>null</c> or an empty string: only whether it is there.</summary>
    public static bool IsComparedWithNothing(ScriptTokens tokens, int first, int last) =>
        (Compares(tokens, first - 1) && (IsNothing(tokens, first - 2) || tokens.Is(first - 3, "void")))
        || (Compares(tokens, last + 1) && (IsNothing(tokens, last + 2) || tokens.Is(last + 2, "void")));

    /// <summary>The argument of <c>x.indexOf(…)</c> and its like.</summary>
    public static bool IsTestArgument(ScriptTokens tokens, int literal) =>
        tokens.Is(literal - 1, "(") && (tokens.Is(literal - 3, ".") || tokens.Is(literal - 3, "?.")) && IsTest(tokens.TextOf(literal - 2));

    /// <summary>A method that answers whether, or where.</summary>
    public static bool IsTest(ReadOnlySpan<char> method) =>
        method is "indexOf" or "lastIndexOf" or "startsWith" or "endsWith" or "includes" or "match" or "search" or "has" or "test" or "split" or "localeCompare";

    /// <summary><c>{"…":x</c> or <c>,"…":x</c>.</summary>
    public static bool IsKey(ScriptTokens tokens, int literal) =>
        tokens.Is(literal + 1, ":") && (tokens.Is(literal - 1, "{") || tokens.Is(literal - 1, ",")) && tokens.Is(tokens[literal].Parent, "{");

    /// <summary>The bracket of a list of nothing but strings that the literal stands in; -1: it does not.</summary>
    public static int ListOf(ScriptTokens tokens, int literal)
    {
        var open = tokens[literal].Parent;
        if (!tokens.Is(open, "[") || IsIndex(tokens, open))
        {
            return -1;
        }

        for (var i = open + 1; i < tokens[open].Partner; i++)
        {
            if ((tokens[i].Kind != ScriptTokenKind.String && !tokens.Is(i, ",")) || !tokens.Spend())
            {
                return -1;
            }
        }

        return open;
    }

    /// <summary>The bracket of the call that has the literal, or a choice with it, as an argument; -1: none.</summary>
    public static int CallOf(ScriptTokens tokens, int literal) =>
        tokens[literal].Parent is var open && tokens.Is(open, "(") && IsCall(tokens, open) ? open : -1;

    /// <summary>Arguments, not brackets around a value: <c>f(</c>, <c>a.b(</c>, <c>g()(</c>.</summary>
    public static bool IsCall(ScriptTokens tokens, int open)
    {
        var callee = open - 1;
        var isCalled = tokens.IsName(callee) ? !IsKeyword(tokens, callee) || tokens.Is(callee - 1, ".")
            : tokens.Is(callee, ")") || tokens.Is(callee, "]") || tokens.Is(callee, "}");
        return isCalled && !tokens.Is(tokens[open].Partner + 1, "=>") && !tokens.Is(callee - 1, "function") && !(tokens.Is(callee, "}") && !IsFunctionEnd(tokens, callee));
    }

    /// <summary><c>a[…]</c>, not a list.</summary>
    public static bool IsIndex(ScriptTokens tokens, int open) =>
        tokens.Is(open, "[")
        && ((tokens.IsName(open - 1) && (!IsKeyword(tokens, open - 1) || tokens.Is(open - 2, "."))) || tokens.Is(open - 1, ")") || tokens.Is(open - 1, "]") || tokens.Is(open - 1, "}") || tokens.Is(open - 1, "?.")
            || tokens[open - 1].Kind == ScriptTokenKind.String);

    /// <summary>Members, not statements.</summary>
    public static bool IsObject(ScriptTokens tokens, int brace) =>
        tokens[brace - 1].Kind is ScriptTokenKind.Punctuator or ScriptTokenKind.Name
        && tokens.TextOf(brace - 1) is "=" or "(" or "," or ":" or "[" or "return" or "?" or "&&" or "||" or "??" or "+" or "...";

    public static bool IsKeyword(ScriptTokens tokens, int index) =>
        tokens.TextOf(index) is "return" or "if" or "while" or "for" or "switch" or "case" or "typeof" or "in" or "of" or "void" or "catch" or "function" or "delete" or "else" or "await" or "yield"
            or "throw" or "do" or "with" or "instanceof";

    /// <summary>A function's first token, where a value stands: not a declaration.</summary>
    public static bool IsExpression(ScriptTokens tokens, int start) =>
        start > 0 && !tokens.Is(start - 1, ";") && !tokens.Is(start - 1, "{") && !tokens.Is(start - 1, "}") && !tokens.Is(start - 1, ")");

    private static bool IsFunctionEnd(ScriptTokens tokens, int brace) =>
        tokens[brace].Partner is var open && tokens.Is(open - 1, ")") && tokens[open - 1].Partner is var parameters
        && (tokens.Is(parameters - 1, "function") ? IsExpression(tokens, parameters - 1) : tokens.Is(parameters - 2, "function") && IsExpression(tokens, parameters - 2));

    private static bool IsNothing(ScriptTokens tokens, int index) =>
        tokens.Is(index, "null") || tokens.Is(index, "undefined") || tokens.IsString(index, "");

    private static bool Compares(ScriptTokens tokens, int index) =>
        tokens[index].Kind == ScriptTokenKind.Punctuator && tokens.TextOf(index) is "===" or "!==" or "==" or "!=";
}
