namespace TagGateway.Rewriting;

/// <summary>Follows a value that was given a name: a variable within the function that declares it, a member of an object and an element of a list wherever they are read.</summary>
internal sealed class NamedValues(ScriptTokens tokens, ScriptFunctions functions, ValueFlow flow)
{
    /// <summary>Shorter ones are what a minifier makes: many objects have a member of that name.</summary>
    private const int OwnName = 4;

    /// <summary>Searches that are not a variable's.</summary>
    private const int Paths = -1;
    private const int Members = -2;
    private const int Elements = -3;
    private const int Calls = -4;
    private const int Entries = -5;

    /// <summary>What was found of each name so far; of one whose search has not ended, nothing.</summary>
    private readonly Dictionary<(int Name, int Scope), ValueUse> _found = [];

    /// <summary>A new search begins.</summary>
    public void Forget() => _found.Clear();

    /// <param name="sign">The <c>=</c>.</param>
    /// <param name="last">The last token of the value.</param>
    /// <param name="way">How the search came here.</param>
    public ValueUse OfTarget(int sign, int last, ValueWay way)
    {
        var target = sign - 1;
        if (tokens.Is(target, "]"))
        {
            var open = tokens[target].Partner;
            return tokens[open + 1].Kind == ScriptTokenKind.String && target == open + 2
                ? OfStored(open + 1, way)
                : OfEntry(open, way);
        }

        if (!tokens.IsName(target))
        {
            return ValueUse.Lost;
        }

        if (tokens.Is(target - 1, "."))
        {
            return OfPath(target, way) | Outwards(FirstOfPath(target), last, way);
        }

        var use = IsField(target) ? OfMember(target, way) : OfVariable(target, ScopeOf(target), way);
        return use | Outwards(target, last, way);
    }

    /// <summary>All places in its scope where the variable is read.</summary>
    /// <param name="name">Any token of that name.</param>
    /// <param name="scope">The function that declares it; null: the script.</param>
    /// <param name="way">How the search came here.</param>
    public ValueUse OfVariable(int name, ScriptFunction? scope, ValueWay way)
    {
        var (from, to) = scope is { } function ? (function.Start, function.End) : (0, tokens.Count);
        var first = tokens.Names.Find(tokens.TextOf(name), from);
        if (!TryBegin(first, from, out var use))
        {
            return use;
        }

        for (var i = first; i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            if (tokens.IsName(i) && !IsMember(i) && !LiteralPlace.IsKey(tokens, i))
            {
                use |= OfOccurrence(i, way);
            }
        }

        return _found[(first, from)] = use;
    }

    /// <summary>All places where a member of this name is read, of whatever object; and where the table is that it stands in.</summary>
    /// <param name="key">A name or a string.</param>
    /// <param name="way">How the search came here.</param>
    public ValueUse OfMember(int key, ValueWay way)
    {
        var brace = tokens[key].Parent;
        if (!tokens.Is(brace, "{") || !LiteralPlace.IsObject(tokens, brace))
        {
            return OfReadsOf(key, way);
        }

        var use = tokens.Is(brace - 1, "=") && tokens.IsName(brace - 2) && !IsMember(brace - 2) ? OfReadsOf(key, brace - 2, way) : ValueUse.None;
        return (use == ValueUse.None ? OfReadsOf(key, way) : use) | OfTable(brace, way);
    }

    /// <summary>All calls of a function: what they give is the value.</summary>
    public ValueUse OfCalls(int name, bool isMember, ValueWay way)
    {
        var isCalled = false;
        var first = tokens.Names.Find(tokens.ContentOf(name), 0);
        if (!TryBegin(first, Calls, out var use))
        {
            return use;
        }

        var outer = tokens[name].Parent;
        for (var i = first; i >= 0; i = tokens.Names.Next(i))
        {
            var open = i + 1;
            if (tokens.IsName(i) && i != name && tokens.Is(open, "(") && tokens.Is(i - 1, ".") == isMember && !functions.OwnsParameters(open)
                && (isMember || outer < 0 || (outer < i && i < tokens[outer].Partner)))
            {
                isCalled = true;
                use |= flow.Follow(FirstOfPath(i), tokens[open].Partner, way);
            }
        }

        return _found[(first, Calls)] = isCalled ? use : ValueUse.Lost;
    }

    /// <summary>An element of a list: <c>["x","y"][n]</c>, <c>a=["x"]; … a[0]</c>.</summary>
    public ValueUse OfElement(int open, ValueWay way)
    {
        if (tokens.Is(open - 1, "(") && tokens.Is(open - 3, "new"))
        {
            return ValueUse.Compared; // a set
        }

        var use = OfTable(open, way);
        return use == ValueUse.None && !tokens.Is(open - 1, "=") ? ValueUse.Lost : use;
    }

    /// <summary>The function whose variable it is: the innermost that declares it; null: the script.</summary>
    public ScriptFunction? ScopeOf(int name)
    {
        for (var function = functions.Around(name); function is { } inner; function = functions.Around(inner.Start))
        {
            if (Declares(inner, name))
            {
                return inner;
            }
        }

        return null;
    }

    private bool Declares(ScriptFunction function, int name)
    {
        for (var i = tokens.Names.Find(tokens.TextOf(name), function.Start); i >= 0 && i < function.End; i = tokens.Names.Next(i))
        {
            var isParameter = i == function.Parameters || (tokens[i].Parent == function.Parameters && (tokens.Is(i - 1, ",") || tokens.Is(i - 1, "(")));
            if (isParameter || (tokens.IsName(i) && i >= function.Body && !tokens.Is(i - 1, ".") && IsDeclared(i)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>var NAME</c>, <c>let a=1,NAME</c>.</summary>
    private bool IsDeclared(int name)
    {
        var open = tokens[name].Parent;
        for (var i = name - 1; i > open && tokens.Spend(); i--)
        {
            if (tokens.Closes(i))
            {
                i = tokens[i].Partner;
                if (tokens.Is(i, "{") && i == name - 1)
                {
                    return false;
                }
            }
            else if (tokens.Is(i, "var") || tokens.Is(i, "let") || tokens.Is(i, "const"))
            {
                return true;
            }
            else if (tokens.Is(i, ";") || (i == name - 1 && !tokens.Is(i, ",")))
            {
                return false;
            }
        }

        return false;
    }

    private ValueUse OfOccurrence(int i, ValueWay way)
    {
        if (tokens.Is(i + 1, "+="))
        {
            return tokens[i + 2].Kind == ScriptTokenKind.String && tokens.ContentOf(i + 2).StartsWith('/') ? ValueUse.Built : ValueUse.None;
        }

        // A function's own name, a parameter, what is only declared or set anew.
        return tokens.Is(i + 1, "=") || tokens.Is(i - 1, "var") || tokens.Is(i - 1, "let") || tokens.Is(i - 1, "function")
            || functions.OwnsParameters(tokens[i].Parent) || tokens.Is(i + 1, "=>")
            ? ValueUse.None : flow.Follow(i, i, way);
    }

    /// <summary><c>a.b.NAME=…</c>: read by the same path where its object is known, or if it never is, by the name alone.</summary>
    private ValueUse OfPath(int name, ValueWay way)
    {
        if (tokens.TextOf(name) is "host" or "hostname")
        {
            return ValueUse.Unmovable; // of an address: no path may stand in there
        }

        var first = FirstOfPath(name);
        if (!TryBegin(first, Paths, out var use))
        {
            return use;
        }

        var isRead = false;
        var (from, to) = ScopeOf(first) is { } scope ? (scope.Start, scope.End) : (0, tokens.Count);
        for (var i = tokens.Is(first, "this") ? -1 : tokens.Names.Find(tokens.TextOf(name), from); i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            if (tokens.Is(i - 1, ".") && !tokens.Is(i + 1, "=") && FirstOfPath(i) is var start && i - start == name - first && IsSame(start, first, name))
            {
                isRead = true;
                use |= flow.Follow(start, i, way);
            }
        }

        return _found[(first, Paths)] = isRead ? use : OfReadsOf(name, way);
    }

    /// <summary><c>OBJECT.KEY</c>, where that variable is seen.</summary>
    private ValueUse OfReadsOf(int key, int root, ValueWay way)
    {
        var (from, to) = ScopeOf(root) is { } scope ? (scope.Start, scope.End) : (0, tokens.Count);
        if (!TryBegin(key, Paths, out var use))
        {
            return use;
        }

        for (var i = tokens.Names.Find(tokens.TextOf(root), from); i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            if (tokens.IsName(i) && !IsMember(i) && IsMember(i + 2) && tokens.TextOf(i + 2).SequenceEqual(tokens.ContentOf(key)) && !tokens.Is(i + 3, "="))
            {
                use |= tokens.Is(i + 3, "(") ? ValueUse.None : flow.Follow(i, i + 2, way);
            }
        }

        return _found[(key, Paths)] = use;
    }

    /// <summary><c>a[b.c]=…</c>: read by the same words. Such are the tables of parameters, and parameters are told.</summary>
    private ValueUse OfEntry(int open, ValueWay way)
    {
        if (!TryBegin(open, Entries, out var use) || !tokens.IsName(open - 1))
        {
            return ValueUse.Told;
        }

        var (from, to) = ScopeOf(FirstOfPath(open - 1)) is { } scope ? (scope.Start, scope.End) : (0, tokens.Count);
        for (var i = tokens.Names.Find(tokens.TextOf(open - 1), from); i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            var end = i + tokens[open].Partner - open + 1;
            if (i + 1 != open && tokens.Is(i + 1, "[") && tokens[i + 1].Partner == end && !tokens.Is(end + 1, "=") && IsSame(i + 1, open, tokens[open].Partner))
            {
                use |= flow.Follow(FirstOfPath(i), end, way);
            }
        }

        return _found[(open, Entries)] = use == ValueUse.None ? ValueUse.Told : use;
    }

    private ValueUse OfStored(int key, ValueWay way) =>
        tokens.ContentOf(key) is "host" or "hostname" ? ValueUse.Unmovable : OfReadsOf(key, way);

    /// <summary>Of a minifier's name only what happens right where it is read is believed, and only to a value that came straight here.</summary>
    private ValueUse OfReadsOf(int key, ValueWay way)
    {
        var isOwn = tokens.ContentOf(key).Length >= OwnName;
        if (!isOwn && !way.IsNear)
        {
            return ValueUse.None;
        }

        way = isOwn ? way : way.ToEnd();
        var first = tokens.Names.Find(tokens.ContentOf(key), 0);
        if (!TryBegin(first, Members, out var use))
        {
            return use;
        }

        for (var i = first; i >= 0; i = tokens.Names.Next(i))
        {
            var isRead = tokens.IsName(i) ? IsMember(i) : tokens.Is(i - 1, "[") && tokens.Is(i + 1, "]") && LiteralPlace.IsIndex(tokens, i - 1);
            var end = tokens.IsName(i) ? i : i + 1;
            if (isRead && !tokens.Is(end + 1, "="))
            {
                use |= flow.Follow(FirstOfPath(i), end, way);
            }
        }

        return _found[(first, Members)] = isOwn || use.HasFlag(ValueUse.Built) ? use & ~(isOwn ? ValueUse.None : ValueUse.Compared | ValueUse.Lost) : ValueUse.None;
    }

    /// <summary>What is read of a list or object by an index: at once, or through the name that it is given.</summary>
    private ValueUse OfTable(int open, ValueWay way)
    {
        var close = tokens[open].Partner;
        if (tokens.Is(open - 1, "(") && tokens.Is(close + 1, ")"))
        {
            (open, close) = (open - 1, close + 1);
        }

        return tokens.Is(close + 1, "[") ? flow.Follow(open, tokens[close + 1].Partner, way)
            : tokens.Is(close + 1, ".") ? OfList(close + 2)
            : tokens.Is(open - 1, "=") && tokens.IsName(open - 2) ? OfReads(open - 2, way)
            : ValueUse.None;
    }

    /// <summary><c>NAME[…]</c>, read; and what the list is asked for.</summary>
    private ValueUse OfReads(int name, ValueWay way)
    {
        var isMember = tokens.Is(name - 1, ".");
        var (from, to) = !isMember && ScopeOf(name) is { } scope ? (scope.Start, scope.End) : (0, tokens.Count);
        var first = tokens.Names.Find(tokens.TextOf(name), from);
        if (!TryBegin(first, Elements, out var use))
        {
            return use;
        }

        for (var i = first; i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            var end = tokens.Is(i + 1, "[") ? tokens[i + 1].Partner : -1;
            use |= !tokens.IsName(i) || IsMember(i) != isMember ? ValueUse.None
                : end > 0 && !tokens.Is(end + 1, "=") ? flow.Follow(FirstOfPath(i), end, way)
                : tokens.Is(i + 1, ".") ? OfList(i + 2)
                : tokens.Is(i - 1, "of") ? ValueUse.Lost
                : ValueUse.None;
        }

        return _found[(first, Elements)] = use;
    }

    /// <summary>False when this was looked for before, or is being: then what is known so far.</summary>
    private bool TryBegin(int name, int search, out ValueUse found) =>
        !_found.TryGetValue((name, search), out found) && name >= 0 && _found.TryAdd((name, search), ValueUse.None);

    private bool IsMember(int name) => tokens.Is(name - 1, ".") || tokens.Is(name - 1, "?.");

    private ValueUse OfList(int method) =>
        tokens.TextOf(method) is "join" ? ValueUse.Unmovable
        : tokens.TextOf(method) is "map" or "reduce" or "concat" or "forEach" or "pop" or "shift" or "slice" or "at" or "find" or "flatMap" ? ValueUse.Lost
        : LiteralPlace.IsTest(tokens.TextOf(method)) ? ValueUse.Compared
        : ValueUse.None;

    /// <summary><c>b=a="x"</c>, <c>f(a="x")</c>: an assignment is a value too.</summary>
    private ValueUse Outwards(int first, int last, ValueWay way) =>
        tokens[first - 1].Kind is ScriptTokenKind.Punctuator or ScriptTokenKind.Name
        && tokens.TextOf(first - 1) is "=" or "(" or "," or "?" or ":" or "||" or "&&" or "??" or "return" or "=>"
        && !functions.OwnsParameters(tokens[first].Parent) && !IsDeclared(first)
            ? flow.Follow(first, last, way) : ValueUse.None;

    /// <summary>Of a class: <c>class A{host="x"}</c>.</summary>
    private bool IsField(int name)
    {
        var brace = tokens[name].Parent;
        return tokens.Is(brace, "{") && (tokens.Is(brace - 1, "class") || tokens.Is(brace - 2, "class") || tokens.Is(brace - 2, "extends"));
    }

    /// <summary>The first token of <c>a.b().c</c>, by its last.</summary>
    public int FirstOfPath(int last)
    {
        while (tokens.Spend())
        {
            if (tokens[last].Kind == ScriptTokenKind.String)
            {
                last--; // ["name"]
            }

            if (tokens.Is(last, "["))
            {
                last--;
            }
            else if (tokens.Is(last - 1, ".") || tokens.Is(last - 1, "?."))
            {
                last -= 2;
            }
            else if (tokens.Is(last, ")") || tokens.Is(last, "]"))
            {
                var open = tokens[last].Partner;
                var isPostfix = tokens.Is(open, "[") ? LiteralPlace.IsIndex(tokens, open) : LiteralPlace.IsCall(tokens, open);
                if (!isPostfix)
                {
                    return open;
                }

                last = open - 1;
            }
            else
            {
                return last;
            }
        }

        return last;
    }

    private bool IsSame(int start, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (!tokens.TextOf(start + i - first).SequenceEqual(tokens.TextOf(i)))
            {
                return false;
            }
        }

        return true;
    }
}
