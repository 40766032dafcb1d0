namespace TagGateway.Rewriting;

/// <summary>Reads <c>a.b().c["d"]</c>.</summary>
internal static class MemberPath
{
    /// <summary>A name behind a dot.</summary>
    public static bool IsMember(ScriptTokens tokens, int name) => tokens.Is(name - 1, ".") || tokens.Is(name - 1, "?.");

    /// <summary>The first token of <c>a.b().c</c>, by its last.</summary>
    public static int First(ScriptTokens tokens, int last)
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

    /// <summary>The same words from another token on.</summary>
    public static bool IsSame(ScriptTokens tokens, int start, int first, int last)
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
