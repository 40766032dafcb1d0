namespace TagGateway.Rewriting;

/// <summary>Addresses that are put together at run time: <c>"https://"+(r()||"www")+".google-analytics.com/"+p</c>. The head takes the site's part, so that whatever the
/// rest comes to lands in the path.</summary>
internal static class Concatenations
{
    /// <summary>Whether a concatenation that begins here names a host of Google further on; then all its literals that do are put into <paramref name="covered"/>.</summary>
    /// <param name="tokens">The script.</param>
    /// <param name="head">A literal.</param>
    /// <param name="covered">Gets the literals.</param>
    public static bool NamesGoogle(ScriptTokens tokens, int head, List<int> covered)
    {
        var before = covered.Count;
        if (tokens.Is(head + 1, "+"))
        {
            var end = EndOf(tokens, head);
            Collect(tokens, head + 2, end, covered);
        }
        else if (tokens.Is(head + 1, ".") && tokens.Is(head + 2, "concat") && tokens.Is(head + 3, "("))
        {
            Collect(tokens, head + 4, tokens[head + 3].Partner, covered);
        }

        return covered.Count > before;
    }

    /// <summary>Behind the last token of the concatenation.</summary>
    public static int EndOf(ScriptTokens tokens, int head)
    {
        var i = head + 1;
        while (i < tokens.Count && tokens.Spend())
        {
            if (tokens.Opens(i))
            {
                i = tokens[i].Partner + 1;
            }
            else if (tokens[i].Kind == ScriptTokenKind.Punctuator && !tokens.Is(i, "+") && !tokens.Is(i, ".") && !tokens.Is(i, "?."))
            {
                break;
            }
            else
            {
                i++;
            }
        }

        return i;
    }

    /// <summary>Only up to the end of the host: behind a path or a query stand parameters. Inside brackets only ends of names count (<c>(a||"x")+…</c>): a whole name there
    /// is one of several, and takes the site's part itself. What is handed to a function is not looked at.</summary>
    private static void Collect(ScriptTokens tokens, int from, int end, List<int> covered)
    {
        var depth = 0;
        for (var i = from; i < end && tokens.Spend(); i++)
        {
            if (tokens.Opens(i))
            {
                var isGroup = tokens.Is(i, "(") && (tokens.Is(i - 1, "+") || tokens.Is(i - 1, "(") || tokens.Is(i - 1, ","));
                (i, depth) = isGroup ? (i, depth + 1) : (tokens[i].Partner, depth);
            }
            else if (tokens.Closes(i))
            {
                depth--;
            }
            else if (tokens[i].Kind == ScriptTokenKind.String)
            {
                var content = tokens.ContentOf(i);
                if (GoogleHosts.TryFind(content, 0, out var start, out _) && start == 0 && (depth == 0 || content[0] == '.') && !LiteralPlace.IsCompared(tokens, i, i))
                {
                    covered.Add(i);
                }
                else if (depth == 0 && content.IndexOfAny('/', '?', '&') >= 0)
                {
                    return;
                }
            }
        }
    }
}
