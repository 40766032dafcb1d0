namespace TagGateway.Html;

/// <summary>What the tokenizer tells.</summary>
internal enum HtmlTokenKind : byte
{
    StartTag,

    EndTag,

    /// <summary>Characters that are not only white space; told only while everything is read.</summary>
    Text,

    Doctype,

    /// <summary>The content of a script, or of another element whose content is text, for which it was asked.</summary>
    Content,
}
