namespace TagGateway.Rewriting;

/// <summary>Finds the functions of a script: the one around a token, the one of a name, the name of one. Functions, arrows, methods.</summary>
internal sealed class ScriptFunctions(ScriptTokens tokens)
{
    /// <summary>The innermost one around a token; null: none.</summary>
    public ScriptFunction? Around(int token)
    {
        for (var inner = token; inner >= 0 && tokens.Spend(); inner = tokens[inner].Parent)
        {
            var open = tokens[inner].Parent;
            if (ArrowBefore(inner, open) is { } arrow)
            {
                return arrow;
            }

            if (tokens.Is(open, "{") && OfBrace(open) is { } function)
            {
                return function;
            }

            // In the parameters: a default value.
            if (tokens.Is(open, "(") && OfParameters(open) is { } owner)
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>The function that this name is given to, nearest to where it is used.</summary>
    /// <param name="name">A token.</param>
    /// <param name="isMember">Of an object (<c>x.name</c>).</param>
    public ScriptFunction? Named(int name, bool isMember)
    {
        ScriptFunction? best = null;
        var bestStart = -2;
        for (var i = tokens.Names.Find(tokens.TextOf(name), 0); i >= 0; i = tokens.Names.Next(i))
        {
            if (GivenAt(i, isMember) is { } function)
            {
                // The one in the innermost brackets that hold the use too.
                var parent = tokens[i].Parent;
                var sees = isMember || parent < 0 || (parent < name && name < tokens[parent].Partner);
                if (sees && parent > bestStart)
                {
                    (best, bestStart) = (function, parent);
                }
            }
        }

        return best;
    }

    /// <summary>The token that names it: <c>function NAME(</c>, <c>NAME=function(</c>, <c>x.NAME=()=&gt;</c>, <c>NAME:function(</c>, <c>NAME(){</c>; -1: none.</summary>
    public int NameOf(ScriptFunction function, out bool isMember)
    {
        var start = function.Start;
        isMember = false;
        if (tokens.Is(start - 1, "="))
        {
            isMember = tokens.Is(start - 3, ".");
            return tokens.IsName(start - 2) ? start - 2 : -1;
        }

        if (tokens.Is(start - 1, ":"))
        {
            isMember = true;
            return LiteralPlace.IsKey(tokens, start - 2) ? start - 2 : -1;
        }

        if (tokens.IsName(function.Parameters - 1) && !LiteralPlace.IsKeyword(tokens, function.Parameters - 1))
        {
            isMember = !IsFunctionWord(function.Parameters - 2);
            return function.Parameters - 1;
        }

        return -1;
    }

    public bool IsGetter(ScriptFunction function) => tokens.Is(function.Parameters - 2, "get");

    /// <summary>Whether these brackets hold a function's parameters.</summary>
    public bool OwnsParameters(int open) => tokens.Is(open, "(") && OfParameters(open) is not null;

    /// <summary>The one that is called where it is written: <c>(function(a){…})(</c>, <c>!function(a){…}(</c>; null: none.</summary>
    /// <param name="open">The bracket of the call.</param>
    public ScriptFunction? Before(int open) =>
        tokens.Is(open - 1, ")") ? At(tokens[open - 1].Partner + 1)
        : tokens.Is(open - 1, "}") ? OfBrace(tokens[open - 1].Partner)
        : null;

    /// <summary>The token of a parameter's name; -1: it has none, or is taken apart.</summary>
    public int Parameter(ScriptFunction function, int number)
    {
        if (!tokens.Opens(function.Parameters))
        {
            return number == 0 ? function.Parameters : -1;
        }

        var at = function.Parameters + 1;
        for (; number > 0 && at < tokens[function.Parameters].Partner && tokens.Spend(); at = tokens.After(at))
        {
            number -= tokens.Is(at, ",") ? 1 : 0;
        }

        return number == 0 && tokens.IsName(at) ? at : -1;
    }

    /// <summary>The function that begins at a token; null: none does.</summary>
    private ScriptFunction? At(int start)
    {
        var at = tokens.Is(start, "async") ? start + 1 : start;
        if (tokens.Is(at, "function"))
        {
            at += tokens.Is(at + 1, "*") ? 2 : 1;
            at += tokens.IsName(at) ? 1 : 0;
            return tokens.Is(at, "(") ? Make(start, at) : null;
        }

        var isArrow = (tokens.Is(at, "(") && tokens.Is(tokens[at].Partner + 1, "=>")) || (tokens.IsName(at) && tokens.Is(at + 1, "=>"));
        return isArrow ? Make(start, at) : null;
    }

    private ScriptFunction? GivenAt(int name, bool isMember)
    {
        if (tokens.Is(name + 1, "="))
        {
            return tokens.Is(name - 1, ".") && !isMember ? null : At(name + 2);
        }

        if (isMember)
        {
            return tokens.Is(name + 1, ":") ? At(name + 2)
                : tokens.Is(name + 1, "(") && tokens.Is(tokens[name + 1].Partner + 1, "{") && !tokens.Is(name - 1, ".") && !IsFunctionWord(name - 1) ? Make(name, name + 1)
                : null;
        }

        return tokens.Is(name + 1, "(") && IsFunctionWord(name - 1) ? Make(name - 1, name + 1) : null;
    }

    private bool IsFunctionWord(int token) => tokens.Is(token, "function") || (tokens.Is(token, "*") && tokens.Is(token - 1, "function"));

    private ScriptFunction? Make(int start, int parameters)
    {
        var body = tokens.After(parameters);
        body += tokens.Is(body, "=>") ? 1 : 0;
        return new ScriptFunction(start, parameters, body, tokens.Is(body, "{") ? tokens[body].Partner + 1 : tokens.EndOfExpression(body));
    }

    /// <summary>An arrow whose expression the token stands in.</summary>
    private ScriptFunction? ArrowBefore(int token, int open)
    {
        for (var i = token - 1; i > open && tokens.Spend(); i--)
        {
            if (tokens.Closes(i))
            {
                i = tokens[i].Partner;
            }
            else if (tokens.Is(i, ",") || tokens.Is(i, ";"))
            {
                return null;
            }
            else if (tokens.Is(i, "=>"))
            {
                return OfArrow(i);
            }
        }

        return null;
    }

    private ScriptFunction? OfArrow(int arrow)
    {
        var parameters = tokens.Closes(arrow - 1) ? tokens[arrow - 1].Partner : arrow - 1;
        return Make(tokens.Is(parameters - 1, "async") ? parameters - 1 : parameters, parameters);
    }

    private ScriptFunction? OfBrace(int brace) =>
        tokens.Is(brace - 1, "=>") ? OfArrow(brace - 1) : tokens.Is(brace - 1, ")") ? OfParameters(tokens[brace - 1].Partner) : null;

    /// <summary>The function whose parameters these brackets hold; null: others' brackets.</summary>
    private ScriptFunction? OfParameters(int open)
    {
        var behind = tokens[open].Partner + 1;
        if (tokens.Is(behind, "=>"))
        {
            return OfArrow(behind);
        }

        if (!tokens.Is(behind, "{"))
        {
            return null;
        }

        var start = IsFunctionWord(open - 1) ? open - 1 : IsFunctionWord(open - 2) ? open - 2 : -1;
        if (start >= 0)
        {
            start -= tokens.Is(start, "*") ? 1 : 0;
            return Make(tokens.Is(start - 1, "async") ? start - 1 : start, open);
        }

        var isMethod = (tokens.IsName(open - 1) && !LiteralPlace.IsKeyword(tokens, open - 1)) || tokens.Is(open - 1, "]");
        return isMethod ? Make(open - 1, open) : null;
    }
}
