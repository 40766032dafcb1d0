namespace TagGateway.Rewriting;

/// <summary>Follows a value through a script: over conditions and brackets into what takes it, and on to wherever that is used. By tokens and names, so what a value
/// becomes through a table of functions or a callback is <see cref="ValueUse.Lost"/>.</summary>
internal sealed class ValueFlow
{
    private readonly ScriptTokens _tokens;
    private readonly ScriptFunctions _functions;
    private readonly NamedValues _named;
    private readonly CalledValues _called;

    public ValueFlow(ScriptTokens tokens)
    {
        _tokens = tokens;
        _functions = new ScriptFunctions(tokens);
        _named = new NamedValues(tokens, _functions, this, new FoundUses());
        _called = new CalledValues(tokens, _functions, this, _named);
    }

    /// <summary>What becomes of a value that stands here.</summary>
    /// <param name="token">The literal.</param>
    /// <param name="depth">How many steps are looked at; less for what is clear at once or never.</param>
    public ValueUse Of(int token, int depth = ValueWay.MaxDepth)
    {
        _named.Forget();
        return Follow(token, token, new ValueWay(ValueWay.MaxDepth - depth, 0));
    }

    /// <param name="first">The first token of an expression.</param>
    /// <param name="last">Its last one.</param>
    /// <param name="way">How the search came here.</param>
    public ValueUse Follow(int first, int last, ValueWay way)
    {
        if (way.IsTooLong || !_tokens.Spend())
        {
            return ValueUse.Lost;
        }

        way = way.Further();
        var before = Sign(first - 1);
        var behind = Sign(last + 1);
        if (before is "!" or "typeof" or "void" || behind is "&&" or "?")
        {
            return ValueUse.None;
        }

        if (before is "await")
        {
            return Follow(first - 1, last, way);
        }

        if (behind is "." or "?.")
        {
            return OfMember(first, last, way);
        }

        if (before is "+" || behind is "+")
        {
            return OfJoin(first, last, way);
        }

        if (LiteralPlace.IsCompared(_tokens, first, last) || behind is "in" or "instanceof")
        {
            return LiteralPlace.IsComparedWithNothing(_tokens, first, last) ? ValueUse.None : ValueUse.Compared;
        }

        var isPart = before is "?" or "||" or "&&" or "??" || behind is "||" or "??" || (behind is ":" && before is not ("{" or ",")) || (before is ":" && !LiteralPlace.IsKey(_tokens, first - 2));
        if (isPart)
        {
            (first, last) = Whole(first, last);
        }

        return OfPlace(first, last, way);
    }

    private ValueUse OfPlace(int first, int last, ValueWay way)
    {
        switch (Sign(first - 1))
        {
            case "=" or "||=" or "??=" or "&&=":
                return _named.OfTarget(first - 1, last, way);
            case "return" or "=>":
                return _called.OfResult(_functions.Around(first), way);
            case ":":
                return LiteralPlace.IsKey(_tokens, first - 2) ? _named.OfMember(first - 2, way) : ValueUse.None;
            case "${":
                return OfTemplate(first, last);
            case "(" or "," or "[":
                return OfBracket(first, last, way);
            case "case" or "in":
                return ValueUse.Compared;
            case "+=" or "..." or "yield" or "of" or "throw":
                return ValueUse.Lost;
            default:
                return ValueUse.None;
        }
    }

    private ValueUse OfBracket(int first, int last, ValueWay way)
    {
        var open = _tokens[first].Parent;
        switch (Sign(open))
        {
            case "(" when LiteralPlace.IsCall(_tokens, open):
                return _called.OfArgument(open, first, last, way);
            case "(" when _tokens.Is(last + 1, ")"):
                return _tokens.Is(open - 1, "switch") ? ValueUse.Compared
                    : _tokens.IsName(open - 1) && !_tokens.Is(open - 1, "return") ? ValueUse.None
                    : Follow(open, _tokens[open].Partner, way);
            case "[":
                return LiteralPlace.IsIndex(_tokens, open) ? ValueUse.Compared : _named.Stored.OfElement(open, way);
            case "{" when first == last && LiteralPlace.IsObject(_tokens, open) && Sign(last + 1) is "," or "}":
                return _named.OfMember(first, way); // {host}
            case "{" or "" when Sign(last + 1) is ";" or "}" && IsReturned(first, open):
                return _called.OfResult(_functions.Around(first), way); // return a(),"x"
            default:
                return ValueUse.None;
        }
    }

    private bool IsReturned(int token, int open)
    {
        for (var i = token - 1; i > open && !_tokens.Is(i, ";") && _tokens.Spend(); i--)
        {
            if (_tokens.Is(i, "return"))
            {
                return true;
            }

            i = _tokens.Closes(i) ? _tokens[i].Partner : i;
        }

        return false;
    }

    private ValueUse OfJoin(int first, int last, ValueWay way)
    {
        var start = first;
        if (_tokens.Is(first - 1, "+"))
        {
            var left = first - 2;
            if (_tokens[left].Kind != ScriptTokenKind.String)
            {
                return ValueUse.Built; // behind a scheme that is chosen: parameters stand behind a text of their own
            }

            var text = _tokens.ContentOf(left);
            if (!text.IsEmpty || _tokens.Is(left - 1, "+"))
            {
                return text.EndsWith("//", StringComparison.Ordinal) ? ValueUse.Built : ValueUse.Told;
            }

            start = left;
        }

        if (!_tokens.Is(last + 1, "+") || StartsPath(last))
        {
            return _tokens.Is(last + 1, "+") ? ValueUse.Built : Follow(start, last, way);
        }

        if (_tokens[last + 2].Kind == ScriptTokenKind.String && !_tokens.ContentOf(last + 2).IsEmpty)
        {
            return ValueUse.Told;
        }

        // The beginning of a text whose rest is told at run time.
        var use = Follow(start, Concatenations.EndOf(_tokens, last) - 1, way);
        return use == ValueUse.None ? ValueUse.Lost : use;
    }

    private bool StartsPath(int last) =>
        _tokens.Is(last + 1, "+") && (IsPath(last + 2) || (_tokens.Is(last + 2, "(") && HasPath(last + 2)));

    private bool HasPath(int open)
    {
        for (var i = open + 1; i < _tokens[open].Partner && _tokens.Spend(); i++)
        {
            if (IsPath(i))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsPath(int token) => _tokens[token].Kind == ScriptTokenKind.String && _tokens.ContentOf(token) is ['/' or '?' or ':', ..];

    /// <summary><c>x.trim()</c>, <c>x.concat("/path")</c>, <c>x.length</c>.</summary>
    private ValueUse OfMember(int first, int last, ValueWay way)
    {
        var open = last + 3;
        if (!_tokens.Is(open, "("))
        {
            return ValueUse.Compared;
        }

        var end = _tokens[open].Partner;
        return _tokens.TextOf(last + 2) switch
        {
            "toString" or "valueOf" or "trim" or "toLowerCase" => Follow(first, end, way),
            "concat" => _tokens[open + 1].Kind == ScriptTokenKind.String && _tokens.ContentOf(open + 1).StartsWith('/') ? ValueUse.Built : ValueUse.Lost,
            var name => LiteralPlace.IsTest(name) ? ValueUse.Compared : ValueUse.Lost,
        };
    }

    /// <summary>No address of Google's was ever written so: where one is, nobody answers for it.</summary>
    private ValueUse OfTemplate(int first, int last)
    {
        var left = _tokens[first - 2].Kind == ScriptTokenKind.Template ? _tokens.ContentOf(first - 2) : [];
        var right = _tokens[last + 2].Kind == ScriptTokenKind.Template ? _tokens.ContentOf(last + 2) : [];
        return left.EndsWith("//", StringComparison.Ordinal) || (left.IsEmpty && (right.IsEmpty || right[0] is '/' or '?' or ':')) ? ValueUse.Unmovable : ValueUse.Told;
    }

    /// <summary>The condition that a value is one outcome of: <c>a?"x":b||"y"</c> up to what takes it.</summary>
    private (int First, int Last) Whole(int first, int last)
    {
        var (open, colons, colon) = (_tokens[first].Parent, 0, -1);
        var i = first - 1;
        for (; i > open && _tokens.Spend() && !EndsLeftwards(i); i--)
        {
            if (_tokens.Closes(i))
            {
                i = _tokens[i].Partner;
            }
            else if (_tokens.Is(i, ":"))
            {
                colon = colons++ == 0 ? i : colon;
            }
            else if (_tokens.Is(i, "?"))
            {
                colons = Math.Max(colons - 1, 0);
            }
        }

        // A colon without its question mark is a member's: {a:b?"x":"y"}
        i = colons > 0 ? colon : i;
        last++;
        while (last < _tokens.Count && !_tokens.Closes(last) && Sign(last) is not ("," or ";") && _tokens.Spend())
        {
            last = _tokens.After(last);
        }

        return (i + 1, last - 1);
    }

    private bool EndsLeftwards(int token) => Sign(token) is "," or ";" or "=" or "+=" or "||=" or "??=" or "&&=" or "return" or "=>" or "case" or "throw" or "yield";

    /// <summary>A punctuator's or name's text.</summary>
    private ReadOnlySpan<char> Sign(int token) => _tokens[token].Kind is ScriptTokenKind.Punctuator or ScriptTokenKind.Name ? _tokens.TextOf(token) : [];
}
