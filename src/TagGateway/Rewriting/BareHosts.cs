namespace TagGateway.Rewriting;

/// <summary>Tells of a literal that is only a host, <c>"www.google.com"</c>, whether an address is made of it. Scripts also send host names as parameters, and those must
/// stay true.</summary>
internal sealed class BareHosts(ScriptTokens tokens, ValueFlow flow)
{
    public LiteralVerdict Judge(int literal)
    {
        // The reader of the blob with its default: F(21,"www.googletagmanager.com")
        if (tokens.Is(literal - 1, ",") && tokens[literal - 2].Kind == ScriptTokenKind.Number && tokens.Is(literal - 3, "(") && tokens.IsName(literal - 4))
        {
            return tokens.TextOf(literal - 2) is "3" or "21" ? LiteralVerdict.Rewritten : LiteralVerdict.Told;
        }

        var use = tokens.ContentOf(literal).Contains('/') ? ValueUse.Built : flow.Of(literal);
        return (use & (ValueUse.Lost | ValueUse.Unmovable)) != 0 ? LiteralVerdict.Doubtful
            : use.HasFlag(ValueUse.Built) ? use == ValueUse.Built ? LiteralVerdict.Rewritten : LiteralVerdict.Doubtful
            : use == ValueUse.Compared ? LiteralVerdict.Compared
            : LiteralVerdict.Told;
    }
}
