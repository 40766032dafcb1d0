namespace TagGateway.Rewriting;

/// <summary>Follows a value that was given a name: a variable within the function that declares it, a member of an object and an element of a list wherever they are read.</summary>
internal sealed class NamedValues(ScriptTokens tokens, ScriptFunctions functions, ValueFlow flow, FoundUses found)
{
    /// <summary>Shorter ones are what a minifier makes: many objects have a member of that name.</summary>
    private const int OwnName = 4;

    /// <summary>Lists and tables.</summary>
    public StoredValues Stored => field ??= new StoredValues(tokens, flow, this, found);

    /// <summary>A new search begins.</summary>
    public void Forget() => found.Clear();

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
                : Stored.OfEntry(open, way);
        }

        if (!tokens.IsName(target))
        {
            return ValueUse.Lost;
        }

        if (tokens.Is(target - 1, "."))
        {
            return OfPath(target, way) | Outwards(MemberPath.First(tokens, target), last, way);
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
        if (!found.TryBegin(first, from, out var use))
        {
            return use;
        }

        for (var i = first; i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            if (tokens.IsName(i) && !MemberPath.IsMember(tokens, i) && !LiteralPlace.IsKey(tokens, i))
            {
                use |= OfOccurrence(i, way);
            }
        }

        return found.End(first, from, use);
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

        var use = tokens.Is(brace - 1, "=") && tokens.IsName(brace - 2) && !MemberPath.IsMember(tokens, brace - 2) ? OfReadsOf(key, brace - 2, way) : ValueUse.None;
        return (use == ValueUse.None ? OfReadsOf(key, way) : use) | Stored.OfTable(brace, way);
    }

    /// <summary>All calls of a function: what they give is the value.</summary>
    public ValueUse OfCalls(int name, bool isMember, ValueWay way)
    {
        var isCalled = false;
        var first = tokens.Names.Find(tokens.ContentOf(name), 0);
        if (!found.TryBegin(first, FoundUses.Calls, out var use))
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
                use |= flow.Follow(MemberPath.First(tokens, i), tokens[open].Partner, way);
            }
        }

        return found.End(first, FoundUses.Calls, isCalled ? use : ValueUse.Lost);
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

        var first = MemberPath.First(tokens, name);
        if (!found.TryBegin(first, FoundUses.Paths, out var use))
        {
            return use;
        }

        var isRead = false;
        var (from, to) = ScopeOf(first) is { } scope ? (scope.Start, scope.End) : (0, tokens.Count);
        for (var i = tokens.Is(first, "this") ? -1 : tokens.Names.Find(tokens.TextOf(name), from); i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            if (tokens.Is(i - 1, ".") && !tokens.Is(i + 1, "=") && MemberPath.First(tokens, i) is var start && i - start == name - first && MemberPath.IsSame(tokens, start, first, name))
            {
                isRead = true;
                use |= flow.Follow(start, i, way);
            }
        }

        return found.End(first, FoundUses.Paths, isRead ? use : OfReadsOf(name, way));
    }

    /// <summary><c>OBJECT.KEY</c>, where that variable is seen.</summary>
    private ValueUse OfReadsOf(int key, int root, ValueWay way)
    {
        var (from, to) = ScopeOf(root) is { } scope ? (scope.Start, scope.End) : (0, tokens.Count);
        if (!found.TryBegin(key, FoundUses.Paths, out var use))
        {
            return use;
        }

        for (var i = tokens.Names.Find(tokens.TextOf(root), from); i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            if (tokens.IsName(i) && !MemberPath.IsMember(tokens, i) && MemberPath.IsMember(tokens, i + 2) && tokens.TextOf(i + 2).SequenceEqual(tokens.ContentOf(key)) && !tokens.Is(i + 3, "="))
            {
                use |= tokens.Is(i + 3, "(") ? ValueUse.None : flow.Follow(i, i + 2, way);
            }
        }

        return found.End(key, FoundUses.Paths, use);
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
        if (!found.TryBegin(first, FoundUses.Members, out var use))
        {
            return use;
        }

        for (var i = first; i >= 0; i = tokens.Names.Next(i))
        {
            var isRead = tokens.IsName(i) ? MemberPath.IsMember(tokens, i) : tokens.Is(i - 1, "[") && tokens.Is(i + 1, "]") && LiteralPlace.IsIndex(tokens, i - 1);
            var end = tokens.IsName(i) ? i : i + 1;
            if (isRead && !tokens.Is(end + 1, "="))
            {
                use |= flow.Follow(MemberPath.First(tokens, i), end, way);
            }
        }

        return found.End(first, FoundUses.Members, isOwn || use.HasFlag(ValueUse.Built) ? use & ~(isOwn ? ValueUse.None : ValueUse.Lost) : ValueUse.None);
    }

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
}
