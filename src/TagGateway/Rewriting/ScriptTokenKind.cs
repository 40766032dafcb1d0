namespace TagGateway.Rewriting;

/// <summary>What the rewriter tells apart.</summary>
internal enum ScriptTokenKind : byte
{
    /// <summary>Before the first and behind the last token.</summary>
    None,

    Punctuator,

    /// <summary>An identifier, a keyword, <c>null</c>, <c>true</c>, <c>false</c>.</summary>
    Name,

    String,

    Number,

    Regex,

    /// <summary>A piece of a template literal between its back quotes and <c>${</c>.</summary>
    Template,
}
