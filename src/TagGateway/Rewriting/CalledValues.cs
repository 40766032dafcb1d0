namespace TagGateway.Rewriting;

/// <summary>Follows a value into a function that it is handed to, and out of one that returns it.</summary>
internal sealed class CalledValues(ScriptTokens tokens, ScriptFunctions functions, ValueFlow flow, NamedValues named)
{
    /// <param name="open">The bracket of the call.</param>
    /// <param name="first">The first token of the argument.</param>
    /// <param name="last">Its last one.</param>
    /// <param name="way">How the search came here.</param>
    public ValueUse OfArgument(int open, int first, int last, ValueWay way)
    {
        var number = 0;
        for (var i = open + 1; i < first && tokens.Spend(); i = tokens.After(i))
        {
            number += tokens.Is(i, ",") ? 1 : 0;
        }

        var isMember = tokens.Is(open - 2, ".") || tokens.Is(open - 2, "?.");
        var function = tokens.IsName(open - 1) ? functions.Named(open - 1, isMember) : functions.Before(open);
        var use = function is { } known ? OfParameter(known, number, open, way)
            : !tokens.IsName(open - 1) ? ValueUse.Lost
            : isMember ? OfMethod(open, number)
            : OfForeign(open, way);

        // f("www.google.com","/path"), and what f makes of it is found by nobody.
        return (use & (ValueUse.Built | ValueUse.Compared)) == 0 && tokens.Is(last + 1, ",") && tokens[last + 2].Kind == ScriptTokenKind.String && tokens.ContentOf(last + 2).StartsWith('/')
            ? ValueUse.Built : use;
    }

    /// <summary>What becomes of what a function returns: at every call of it, or at the one that handed the value in.</summary>
    public ValueUse OfResult(ScriptFunction? around, ValueWay way)
    {
        if (around is not { } function)
        {
            return ValueUse.None;
        }

        if (way.IsInside(function))
        {
            return ValueUse.Returned;
        }

        // (function(){…})()
        var (start, behind) = tokens.Is(function.Start - 1, "(") && tokens.Is(function.End, ")") ? (function.Start - 1, function.End + 1) : (function.Start, function.End);
        if (tokens.Is(behind, "(") && LiteralPlace.IsExpression(tokens, function.Start))
        {
            return flow.Follow(start, tokens[behind].Partner, way);
        }

        var name = functions.NameOf(function, out var isMember);
        return name < 0 ? ValueUse.Lost
            : functions.IsGetter(function) ? named.OfMember(name, way)
            : named.OfCalls(name, isMember, way);
    }

    private ValueUse OfParameter(ScriptFunction function, int number, int open, ValueWay way)
    {
        var parameter = functions.Parameter(function, number);
        if (parameter < 0)
        {
            return ValueUse.Lost;
        }

        var use = named.OfVariable(parameter, function, way.Into(function));
        if (use.HasFlag(ValueUse.Lost))
        {
            // Scripts set the parameters of their hits with functions, which hand them on to filters and objects of their own.
            use = (use & ~ValueUse.Lost) | ValueUse.Told;
        }

        return use.HasFlag(ValueUse.Returned)
            ? (use & ~ValueUse.Returned) | flow.Follow(MemberPath.First(tokens, open - 1), tokens[open].Partner, way)
            : use;
    }

    /// <summary>A method that is not the script's own.</summary>
    private ValueUse OfMethod(int open, int number)
    {
        var name = tokens.TextOf(open - 1);
        var receiver = tokens[open - 3].Kind == ScriptTokenKind.String ? tokens.ContentOf(open - 3) : [];
        return LiteralPlace.IsTest(name) ? ValueUse.Compared
            : name is "concat" && number == 0 && receiver.EndsWith("//", StringComparison.Ordinal) ? ValueUse.Built
            : name is "concat" && !receiver.IsEmpty ? ValueUse.Told
            : name is "replace" or "replaceAll" && number == 0 ? ValueUse.Compared
            : name is "concat" or "replace" or "replaceAll" or "push" or "unshift" or "call" or "apply" or "bind" or "assign" ? ValueUse.Lost
            : name is "URL" or "fetch" ? ValueUse.Unmovable
            : ValueUse.Told;
    }

    /// <summary>A function that is not the script's own, or a variable's.</summary>
    private ValueUse OfForeign(int open, ValueWay way) => tokens.TextOf(open - 1) switch
    {
        "String" => flow.Follow(open - 1, tokens[open].Partner, way),
        "URL" or "Request" or "fetch" => ValueUse.Unmovable,
        _ => named.ScopeOf(open - 1) is null ? ValueUse.Told : ValueUse.Lost,
    };
}
