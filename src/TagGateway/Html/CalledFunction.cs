using TagGateway.Rewriting;

namespace TagGateway.Html;

/// <summary>A function that is called where it stands: <c>(function(w,d,s,l,i){…})(window,document,'script','dataLayer','GTM-X')</c>, with or without a sign
/// before it, as an arrow, by <c>call</c>.</summary>
/// <param name="First">The first token of the call; brackets around it are its.</param>
/// <param name="Last">Its last token.</param>
/// <param name="Parameters">The bracket that opens them; of an arrow with one and no bracket, that name.</param>
/// <param name="Body">The brace that opens it.</param>
/// <param name="Arguments">The bracket that opens them.</param>
/// <param name="Skipped">Arguments that are no parameter's: 1 for <c>call(this, …)</c>.</param>
internal readonly record struct CalledFunction(int First, int Last, int Parameters, int Body, int Arguments, int Skipped)
{
    /// <summary>The innermost around a token.</summary>
    public static bool TryFind(ScriptTokens tokens, int token, out CalledFunction found)
    {
        found = default;
        for (var open = tokens[token].Parent; open >= 0 && tokens.Spend(); open = tokens[open].Parent)
        {
            if (tokens.Is(open, "{") && TryRead(tokens, open, out found))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first token of what stands for a parameter; -1: nothing does.</summary>
    /// <param name="name">Of the parameter.</param>
    public int ArgumentOf(ScriptTokens tokens, ReadOnlySpan<char> name)
    {
        var index = IndexOf(tokens, name);
        var at = Arguments + 1;
        for (var skip = index + Skipped; index >= 0 && skip > 0 && tokens.Spend(); skip--)
        {
            at = tokens.EndOfExpression(at);
            if (!tokens.Is(at, ","))
            {
                return -1;
            }

            at++;
        }

        return index < 0 || at >= tokens[Arguments].Partner ? -1 : at;
    }

    public bool HasParameter(ScriptTokens tokens, ReadOnlySpan<char> name) => IndexOf(tokens, name) >= 0;

    private int IndexOf(ScriptTokens tokens, ReadOnlySpan<char> name)
    {
        if (tokens.IsName(Parameters))
        {
            return tokens.TextOf(Parameters).SequenceEqual(name) ? 0 : -1;
        }

        var index = 0;
        for (var i = Parameters + 1; i < tokens[Parameters].Partner; i = tokens.After(i))
        {
            if (tokens.Is(i, ","))
            {
                index++;
            }
            else if (tokens.IsName(i) && tokens.TextOf(i).SequenceEqual(name))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool TryRead(ScriptTokens tokens, int body, out CalledFunction found)
    {
        found = default;
        int start, parameters;
        if (tokens.Is(body - 1, "=>"))
        {
            parameters = tokens.Is(body - 2, ")") ? tokens[body - 2].Partner : body - 2;
            start = parameters;
        }
        else if (tokens.Is(body - 1, ")"))
        {
            parameters = tokens[body - 1].Partner;
            start = tokens.Is(parameters - 1, "function") ? parameters - 1 : tokens.Is(parameters - 2, "function") ? parameters - 2 : -1;
        }
        else
        {
            return false;
        }

        return start >= 0 && TryReadCall(tokens, start, parameters, body, out found);
    }

    private static bool TryReadCall(ScriptTokens tokens, int start, int parameters, int body, out CalledFunction found)
    {
        found = default;
        var (first, after) = (start, tokens[body].Partner + 1);
        while (tokens.Is(after, ")") && tokens[after].Partner == first - 1)
        {
            (first, after) = (first - 1, after + 1);
        }

        var skipped = 0;
        if (tokens.Is(after, ".") && tokens.Is(after + 1, "call"))
        {
            (after, skipped) = (after + 2, 1);
        }

        if (!tokens.Is(after, "(") || (first == start && !tokens.Is(start, "function")))
        {
            return false;
        }

        var last = tokens[after].Partner;
        while (tokens.Is(first - 1, "(") && tokens[first - 1].Partner == last + 1 && !LiteralPlace.IsCall(tokens, first - 1))
        {
            (first, last) = (first - 1, last + 1);
        }

        found = new CalledFunction(first, last, parameters, body, after, skipped);
        return true;
    }
}
