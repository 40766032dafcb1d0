namespace TagGateway.Rewriting;

/// <summary>Tells of a literal that is only a host, <c>"www.google.com"</c>, whether an address is made of it: by what it is joined with, handed to or stored in. Scripts
/// also send host names as parameters, and those must stay true.</summary>
internal sealed class BareHosts(ScriptTokens tokens, FunctionUses functions)
{
    public LiteralVerdict Judge(int literal)
    {
        if (tokens.Is(literal - 1, "+"))
        {
            return tokens[literal - 2].Kind != ScriptTokenKind.String ? LiteralVerdict.Doubtful
                : tokens.ContentOf(literal - 2).EndsWith("//", StringComparison.Ordinal) ? LiteralVerdict.Rewritten
                : tokens.ContentOf(literal - 2).IsEmpty ? LiteralVerdict.Rewritten
                : LiteralVerdict.Told;
        }

        return tokens.Is(literal + 1, "+") || tokens.ContentOf(literal).Contains('/') ? LiteralVerdict.Rewritten : OfReceiver(literal);
    }

    /// <summary>Leftwards to what takes the value, over the conditions that choose it (<c>b=c()?"x":"y"</c>).</summary>
    private LiteralVerdict OfReceiver(int literal)
    {
        for (var (i, commas) = (literal - 1, 0); i >= 0; i--)
        {
            if (tokens.Closes(i))
            {
                i = tokens[i].Partner;
                continue;
            }

            switch (tokens[i].Kind is ScriptTokenKind.Punctuator or ScriptTokenKind.Name ? tokens.TextOf(i) : [])
            {
                case "=":
                    return OfAssignment(literal, i);
                case "return" or "=>":
                    return OfResult(i);
                case ",":
                    commas++;
                    break;
                case ":" when tokens.Is(i - 2, "{") || tokens.Is(i - 2, ","):
                    return OfProperty(i - 1);
                case "(":
                    if (LiteralPlace.CallOf(tokens, literal) is { Open: >= 0 and var open, Argument: var argument })
                    {
                        return OfArgument(literal, open, argument);
                    }

                    if (IsJoined(i, tokens[i].Partner))
                    {
                        return LiteralVerdict.Rewritten;
                    }

                    literal = i; // brackets around a value
                    break;
                case "[":
                    return OfElement(i);
                case ";" or "{":
                    return LiteralVerdict.Told;
                default:
                    break;
            }
        }

        return LiteralVerdict.Told;
    }

    private LiteralVerdict OfAssignment(int literal, int sign)
    {
        if (tokens.Is(sign - 1, "]"))
        {
            return LiteralVerdict.Told;
        }

        if (tokens.Is(sign - 1, "host") || tokens.Is(sign - 1, "hostname"))
        {
            // Of an address: a path cannot go in here.
            return tokens.Is(sign - 2, ".") ? LiteralVerdict.Doubtful : OfName(sign - 1, sign, literal);
        }

        var first = sign - 1;
        while (tokens.Is(first - 1, ".") && tokens.IsName(first - 2))
        {
            first -= 2;
        }

        return OfName(first, sign, literal);
    }

    /// <summary>A variable is looked for in its function, a property everywhere.</summary>
    private LiteralVerdict OfName(int first, int end, int literal)
    {
        var (from, to) = end - first > 1 ? (0, tokens.Count) : ScopeOf(literal);
        for (var i = from; i < to; i++)
        {
            if (i != first && !tokens.Is(i - 1, ".") && Matches(i, first, end) && IsUsedForAddress(i, i + end - first - 1))
            {
                return LiteralVerdict.Rewritten;
            }
        }

        return LiteralVerdict.Told;
    }

    private LiteralVerdict OfProperty(int key)
    {
        var name = tokens[key].Kind == ScriptTokenKind.String ? tokens.ContentOf(key) : tokens.TextOf(key);
        var text = name.ToString();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens.Is(i, text) && tokens.Is(i - 1, ".") && IsUsedForAddress(FirstOfPath(i), i))
            {
                return LiteralVerdict.Rewritten;
            }
        }

        return LiteralVerdict.Told;
    }

    private LiteralVerdict OfArgument(int literal, int open, int argument)
    {
        if (tokens.Is(open - 1, "URL"))
        {
            return LiteralVerdict.Doubtful;
        }

        // f("www.google.com","/ccm/collect"), also where the first is chosen: f(a?"www.google.com":"google.com","/x")
        var comma = literal + 1;
        while (tokens.Is(comma, ":") && tokens[comma + 1].Kind == ScriptTokenKind.String)
        {
            comma += 2;
        }

        if (tokens.Is(comma, ",") && tokens[comma + 1].Kind == ScriptTokenKind.String && tokens.ContentOf(comma + 1).StartsWith('/'))
        {
            return LiteralVerdict.Rewritten;
        }

        // The reader of the blob with its default: F(21,"www.googletagmanager.com")
        if (argument == 1 && tokens[open + 1].Kind == ScriptTokenKind.Number)
        {
            return tokens.TextOf(open + 1) is "3" or "21" ? LiteralVerdict.Rewritten : LiteralVerdict.Told;
        }

        if (!tokens.IsName(open - 1) || tokens.Is(open - 2, "."))
        {
            return LiteralVerdict.Told;
        }

        return functions.Of(tokens.TextOf(open - 1).ToString(), argument) switch
        {
            ArgumentUse.Built => LiteralVerdict.Rewritten,
            ArgumentUse.Compared => LiteralVerdict.Compared,
            _ => LiteralVerdict.Told,
        };
    }

    private LiteralVerdict OfElement(int open)
    {
        var close = tokens[open].Partner;
        if (tokens.Is(close + 1, ".") || tokens.Is(close + 1, "["))
        {
            return tokens.Is(close + 2, "join") ? LiteralVerdict.Doubtful : LiteralVerdict.Listed;
        }

        if (!tokens.Is(open - 1, "=") || !tokens.IsName(open - 2))
        {
            return LiteralVerdict.Told;
        }

        var name = tokens.TextOf(open - 2).ToString();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens.Is(i, name) && tokens.Is(i + 1, "[") && IsJoined(i, tokens[i + 1].Partner))
            {
                return LiteralVerdict.Rewritten;
            }
        }

        return LiteralVerdict.Listed;
    }

    /// <summary>What a function returns is taken for a part of an address, unless it is seen to be joined behind a parameter's name.</summary>
    private LiteralVerdict OfResult(int keyword)
    {
        if (tokens.Is(keyword, "return") && FunctionOf(keyword) is { } name)
        {
            for (var i = 0; i < tokens.Count; i++)
            {
                if (tokens.Is(i, name) && tokens.Is(i + 1, "(") && tokens.Is(i - 1, "+") && tokens[i - 2].Kind == ScriptTokenKind.String
                    && tokens.ContentOf(i - 2).EndsWith('='))
                {
                    return LiteralVerdict.Told;
                }
            }
        }

        return LiteralVerdict.Rewritten;
    }

    private bool IsUsedForAddress(int first, int last) =>
        IsJoined(first, last)
        || (LiteralPlace.CallOf(tokens, first) is { Open: > 0 and var open, Argument: var argument } && tokens.IsName(open - 1) && !tokens.Is(open - 2, ".")
            && functions.Of(tokens.TextOf(open - 1).ToString(), argument) == ArgumentUse.Built);

    /// <summary><c>"https://"+x</c>, <c>"//"+x</c>, <c>""+x</c>, <c>x+"/path"</c>, <c>x+(a?"/p":"/q")</c>.</summary>
    private bool IsJoined(int first, int last)
    {
        var left = tokens.Is(first - 1, "+") && tokens[first - 2].Kind == ScriptTokenKind.String ? tokens.ContentOf(first - 2) : "=";
        if (left.IsEmpty || left.EndsWith("//", StringComparison.Ordinal))
        {
            return true;
        }

        return tokens.Is(last + 1, "+")
            && (tokens[last + 2].Kind == ScriptTokenKind.String ? tokens.ContentOf(last + 2).StartsWith('/') : tokens.Is(last + 2, "(") || tokens.IsName(last + 2));
    }

    private bool Matches(int at, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (!tokens.TextOf(at + i - first).SequenceEqual(tokens.TextOf(i)))
            {
                return false;
            }
        }

        return true;
    }

    private int FirstOfPath(int last)
    {
        while (tokens.Is(last - 1, ".") && tokens.IsName(last - 2))
        {
            last -= 2;
        }

        return last;
    }

    /// <summary>The body of the innermost function around a token; the whole script outside of any.</summary>
    private (int From, int To) ScopeOf(int token)
    {
        var brace = FunctionBraceOf(token);
        return brace < 0 ? (0, tokens.Count) : (brace, tokens[brace].Partner);
    }

    private int FunctionBraceOf(int token)
    {
        for (var i = token - 1; i >= 0; i--)
        {
            if (tokens.Closes(i))
            {
                i = tokens[i].Partner;
            }
            else if (tokens.Is(i, "{") && (tokens.Is(i - 1, "=>") || (tokens.Is(i - 1, ")") && IsParameterList(tokens[i - 1].Partner))))
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsParameterList(int open) =>
        tokens.Is(open - 1, "function") || tokens.Is(open - 2, "function")
        || (tokens.IsName(open - 1) && !tokens.Is(open - 1, "if") && !tokens.Is(open - 1, "for") && !tokens.Is(open - 1, "while") && !tokens.Is(open - 1, "switch") && !tokens.Is(open - 1, "catch"));

    /// <summary>The name of the function that a token stands in; null: it has none.</summary>
    private string? FunctionOf(int token)
    {
        var brace = FunctionBraceOf(token);
        var open = brace > 0 && tokens.Is(brace - 1, ")") ? tokens[brace - 1].Partner : -1;
        return open < 0 ? null
            : tokens.IsName(open - 1) && !tokens.Is(open - 1, "function") ? tokens.TextOf(open - 1).ToString()
            : tokens.Is(open - 2, "=") && tokens.IsName(open - 3) ? tokens.TextOf(open - 3).ToString()
            : null;
    }
}
