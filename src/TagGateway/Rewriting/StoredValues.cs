namespace TagGateway.Rewriting;

/// <summary>Follows a value that stands in a list or a table, to where the script reads it by an index.</summary>
internal sealed class StoredValues(ScriptTokens tokens, ValueFlow flow, NamedValues named, FoundUses found)
{
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

    /// <summary><c>a[b.c]=…</c>: read by the same words. Such are the tables of parameters, and parameters are told.</summary>
    public ValueUse OfEntry(int open, ValueWay way)
    {
        if (!found.TryBegin(open, FoundUses.Entries, out var use) || !tokens.IsName(open - 1))
        {
            return ValueUse.Told;
        }

        var (from, to) = named.ScopeOf(MemberPath.First(tokens, open - 1)) is { } scope ? (scope.Start, scope.End) : (0, tokens.Count);
        for (var i = tokens.Names.Find(tokens.TextOf(open - 1), from); i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            var end = i + tokens[open].Partner - open + 1;
            if (i + 1 != open && tokens.Is(i + 1, "[") && tokens[i + 1].Partner == end && !tokens.Is(end + 1, "=") && MemberPath.IsSame(tokens, i + 1, open, tokens[open].Partner))
            {
                use |= flow.Follow(MemberPath.First(tokens, i), end, way);
            }
        }

        return found.End(open, FoundUses.Entries, use == ValueUse.None ? ValueUse.Told : use);
    }

    /// <summary>What is read of a list or object by an index: at once, or through the name that it is given.</summary>
    public ValueUse OfTable(int open, ValueWay way)
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
        var (from, to) = !isMember && named.ScopeOf(name) is { } scope ? (scope.Start, scope.End) : (0, tokens.Count);
        var first = tokens.Names.Find(tokens.TextOf(name), from);
        if (!found.TryBegin(first, FoundUses.Elements, out var use))
        {
            return use;
        }

        for (var i = first; i >= 0 && i < to; i = tokens.Names.Next(i))
        {
            var end = tokens.Is(i + 1, "[") ? tokens[i + 1].Partner : -1;
            use |= !tokens.IsName(i) || MemberPath.IsMember(tokens, i) != isMember ? ValueUse.None
                : end > 0 && !tokens.Is(end + 1, "=") ? flow.Follow(MemberPath.First(tokens, i), end, way)
                : tokens.Is(i + 1, ".") ? OfList(i + 2)
                : tokens.Is(i - 1, "of") ? ValueUse.Lost
                : ValueUse.None;
        }

        return found.End(first, FoundUses.Elements, use);
    }

    private ValueUse OfList(int method) =>
        tokens.TextOf(method) is "join" ? ValueUse.Unmovable
        : tokens.TextOf(method) is "map" or "reduce" or "concat" or "forEach" or "pop" or "shift" or "slice" or "at" or "find" or "flatMap" ? ValueUse.Lost
        : LiteralPlace.IsTest(tokens.TextOf(method)) ? ValueUse.Compared
        : ValueUse.None;
}
