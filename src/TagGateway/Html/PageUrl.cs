namespace TagGateway.Html;

/// <summary>Takes the addresses of a page to pieces, as far as tags need it.</summary>
internal static class PageUrl
{
    /// <summary>False for what is no absolute or protocol-relative address of http or https. Backslashes part as slashes do, and more than two slashes are two
    /// (URL standard, special schemes).</summary>
    /// <param name="url">Without white space around it.</param>
    /// <param name="scheme">Without its colon; empty: the page's own.</param>
    /// <param name="authority">Host and port.</param>
    /// <param name="target">The rest: path, query, fragment.</param>
    public static bool TrySplit(ReadOnlySpan<char> url, out ReadOnlySpan<char> scheme, out ReadOnlySpan<char> authority, out ReadOnlySpan<char> target)
    {
        scheme = authority = target = default;
        var start = url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? 6 : url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? 5 : 0;
        var rest = url[start..];
        var slashes = rest.IndexOfAnyExcept('/', '\\');
        if (slashes < 2)
        {
            return false;
        }

        rest = rest[slashes..];
        var end = rest.IndexOfAny("/\\?#");
        scheme = url[..Math.Max(start - 1, 0)];
        authority = end < 0 ? rest : rest[..end];
        target = end < 0 ? default : rest[end..];
        return true;
    }

    /// <summary>A host without the port that its scheme has anyway; any other port stays, so that the name matches nothing.</summary>
    /// <param name="scheme">Empty: not known, then 443 counts as of its own.</param>
    public static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> scheme, ReadOnlySpan<char> authority)
    {
        var port = scheme.Equals("http", StringComparison.OrdinalIgnoreCase) ? ":80" : ":443";
        return authority.EndsWith(port, StringComparison.Ordinal) ? authority[..^port.Length] : authority.EndsWith(':') ? authority[..^1] : authority;
    }

    /// <summary>Without '?' and fragment.</summary>
    /// <param name="rest">What follows a path.</param>
    public static ReadOnlySpan<char> QueryOf(ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith('?'))
        {
            return default;
        }

        var hash = rest.IndexOf('#');
        return hash < 0 ? rest[1..] : rest[1..hash];
    }

    /// <summary>Every <c>id</c>, decoded, however its name is spelled. Both '&amp;' and ';' part parameters: servers differ, and an id must not hide behind the difference.</summary>
    /// <param name="query">Raw, without '?'.</param>
    public static IReadOnlyList<string> IdsIn(ReadOnlySpan<char> query)
    {
        List<string>? ids = null;
        foreach (var range in query.SplitAny('&', ';'))
        {
            var parameter = query[range];
            var equals = parameter.IndexOf('=');
            if (equals > 0 && IsId(parameter[..equals]) && Decode(parameter[(equals + 1)..]) is { Length: > 0 } id)
            {
                (ids ??= []).Add(id);
            }
        }

        return ids ?? (IReadOnlyList<string>)[];
    }

    /// <summary>The first <c>l</c>, decoded; null: there is none.</summary>
    /// <param name="query">Raw, without '?'.</param>
    public static string? LayerIn(ReadOnlySpan<char> query)
    {
        foreach (var range in query.Split('&'))
        {
            if (query[range].StartsWith("l=", StringComparison.Ordinal))
            {
                return Decode(query[range][2..]);
            }
        }

        return null;
    }

    private static bool IsId(ReadOnlySpan<char> name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase)
        || (name.ContainsAny('%', '+') && Decode(name).Equals("id", StringComparison.OrdinalIgnoreCase));

    /// <summary>As form values are decoded; twice, for a server that does so.</summary>
    private static string Decode(ReadOnlySpan<char> value)
    {
        var once = Uri.UnescapeDataString(value.ToString().Replace('+', ' '));
        return (once.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(once) : once).Trim();
    }
}
