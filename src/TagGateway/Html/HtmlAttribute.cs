namespace TagGateway.Html;

/// <summary>One attribute, with places in the bytes that it was read from.</summary>
/// <param name="Start">Of its name.</param>
/// <param name="NameEnd">Behind its name.</param>
/// <param name="ValueStart">Of its value, behind a quote; where there is none, the end.</param>
/// <param name="ValueEnd">Behind its value, before a quote.</param>
/// <param name="End">Behind all of it.</param>
internal readonly record struct HtmlAttribute(int Start, int NameEnd, int ValueStart, int ValueEnd, int End)
{
    /// <summary>Its value has no quotes, or it has none.</summary>
    public bool IsUnquoted => ValueEnd == End;

    public bool HasValue => ValueStart > NameEnd;
}
