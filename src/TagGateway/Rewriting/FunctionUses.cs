namespace TagGateway.Rewriting;

/// <summary>Looks up what a script's own functions do with an argument: build an address of it, or compare it.</summary>
internal sealed class FunctionUses(ScriptTokens tokens)
{
    private readonly Dictionary<(string Name, int Argument), ArgumentUse> _known = [];

    /// <param name="name">Of a function.</param>
    /// <param name="argument">Counted from 0.</param>
    public ArgumentUse Of(string name, int argument)
    {
        if (!_known.TryGetValue((name, argument), out var use))
        {
            _known[(name, argument)] = use = Find(name, argument);
        }

        return use;
    }

    private ArgumentUse Find(string name, int argument)
    {
        for (var at = tokens.Text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = tokens.Text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var i = tokens.IndexAt(at);
            if (tokens[i].Start == at && tokens.Is(i, name) && ParametersOf(i) is > 0 and var open)
            {
                return UseOf(open, argument);
            }
        }

        return ArgumentUse.Unknown;
    }

    /// <summary>The bracket before the parameters of <c>function NAME(</c>, <c>NAME=function(</c> or <c>NAME=(…)=&gt;</c>; -1: no definition.</summary>
    private int ParametersOf(int name) =>
        tokens.Is(name - 1, "function") && tokens.Is(name + 1, "(") ? name + 1
        : !tokens.Is(name - 1, ".") && tokens.Is(name + 1, "=") && tokens.Is(name + 2, "function") && tokens.Is(name + 3, "(") ? name + 3
        : !tokens.Is(name - 1, ".") && tokens.Is(name + 1, "=") && tokens.Is(name + 2, "(") && tokens.Is(tokens[name + 2].Partner + 1, "=>") ? name + 2
        : -1;

    private ArgumentUse UseOf(int open, int argument)
    {
        var close = tokens[open].Partner;
        var parameter = open + 1 + (2 * argument);
        if (parameter >= close || !tokens.IsName(parameter))
        {
            return ArgumentUse.Unknown;
        }

        var name = tokens.TextOf(parameter).ToString();
        var body = tokens.Is(close + 1, "{") ? close + 1 : close + 2;
        var end = tokens.Opens(body) ? tokens[body].Partner : body + 64;
        var use = ArgumentUse.Kept;
        for (var i = body; i < end; i++)
        {
            if (!tokens.Is(i, name) || tokens.Is(i - 1, ".") || tokens.Is(i + 1, ":"))
            {
                continue;
            }

            if (tokens.Is(i - 1, "+") || tokens.Is(i + 1, "+"))
            {
                return ArgumentUse.Built;
            }

            use = LiteralPlace.IsComparison(tokens, i) || LiteralPlace.IsTestArgument(tokens, i) ? ArgumentUse.Compared : use;
        }

        return use;
    }
}
