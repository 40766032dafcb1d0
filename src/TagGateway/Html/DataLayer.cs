using TagGateway.Rewriting;

namespace TagGateway.Html;

/// <summary>Which data layer a bootstrap writes to.</summary>
internal static class DataLayer
{
    public const string Usual = "dataLayer";

    /// <summary>The name behind <c>w[l].push({'gtm.start': …})</c>: <c>l</c> is followed to what the function is called with; null: not known.</summary>
    /// <param name="key">The token of <c>'gtm.start'</c>.</param>
    public static string? Of(ScriptTokens tokens, int key)
    {
        var call = tokens[tokens[key].Parent].Parent; // the brace's bracket
        if (!tokens.Is(call, "(") || !tokens.Is(call - 1, "push") || !tokens.Is(call - 2, "."))
        {
            return null;
        }

        var layer = call - 3;
        if (tokens.Is(layer, ")"))
        {
            // (w[l] = w[l] || []).push
            layer = FirstNamed(tokens, tokens[layer].Partner + 1);
        }

        return tokens.Is(layer, "]") ? Resolve(tokens, layer - 1) : tokens.IsName(layer) && tokens.Is(layer - 1, ".") ? tokens.TextOf(layer).ToString() : Resolve(tokens, layer);
    }

    /// <summary>The last token of <c>w[l]</c>, <c>window.dataLayer</c>.</summary>
    private static int FirstNamed(ScriptTokens tokens, int first)
    {
        var last = first;
        while (tokens.Is(last + 1, ".") || tokens.Is(last + 1, "["))
        {
            last = tokens.Is(last + 1, "[") ? tokens[last + 1].Partner : last + 2;
        }

        return last;
    }

    private static string? Resolve(ScriptTokens tokens, int token)
    {
        if (tokens.IsName(token) && CalledFunction.TryFind(tokens, token, out var called) && called.ArgumentOf(tokens, tokens.TextOf(token)) is >= 0 and var argument)
        {
            token = argument;
        }

        return tokens[token].Kind == ScriptTokenKind.String ? tokens.ContentOf(token).ToString() : tokens.Is(token, Usual) ? Usual : null;
    }
}
