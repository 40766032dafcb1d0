namespace TagGateway.Html;

/// <summary>A piece of markup in the bytes at hand.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Of a tag; of a content its element's.</param>
/// <param name="Start">Of its first byte.</param>
/// <param name="End">Behind its last byte; of a tag that is not whole behind its name.</param>
/// <param name="IsWhole">False for a tag whose attributes nobody asked for or that is too long to be kept, and for a content that is.</param>
internal readonly record struct HtmlToken(HtmlTokenKind Kind, HtmlName Name, int Start, int End, bool IsWhole);
