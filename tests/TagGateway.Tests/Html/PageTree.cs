using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace TagGateway.Tests.Html;

/// <summary>A page's tree as AngleSharp builds it in a browser that runs scripts, and as one text to compare.</summary>
internal static partial class PageTree
{
    private const string Xhtml = "http://www.w3.org/1999/xhtml";
    private static readonly HtmlParser Parser = new(new HtmlParserOptions { IsScripting = true, IsKeepingSourceReferences = true });

    public static IHtmlDocument Parse(string page) => Parser.ParseDocument(page);

    /// <summary>Those of HTML outside of templates that stand in the page itself, in its order.</summary>
    /// <param name="names">In small letters.</param>
    public static List<IElement> Elements(IDocument document, params string[] names) =>
        [.. document.All.Where(element => element.NamespaceUri == Xhtml && names.Contains(element.LocalName) && StartOf(element) >= 0 && !IsInTemplate(element)).OrderBy(StartOf)];

    /// <summary>Where its tag begins; -1: no tag made it.</summary>
    public static int StartOf(IElement element)
    {
        var start = element.SourceReference?.Position.Index ?? -1;
        // AngleSharp counts "</>", of which nothing is made, to the tag behind it.
        while (start >= 0 && element.Owner!.Source.Text.AsSpan(start).StartsWith("</>"))
        {
            start += 3;
        }

        return start;
    }

    /// <summary>The element of this tag.</summary>
    public static IElement? At(IDocument document, int start) => document.All.FirstOrDefault(element => StartOf(element) == start);

    /// <summary>What this parser cannot judge, in a template or outside. An element in an <c>option</c>: it then takes a <c>/select</c> for nothing, where the standard of
    /// 2025 closes both and that of before ignored the element. A <c>button</c> in a <c>select</c>: it then takes a <c>textarea</c> or <c>input</c> for nothing, which closes the
    /// <c>select</c> by both. A <c>frameset</c>: what stood and ran before it is gone from the tree.</summary>
    public static bool IsIncomparable(IParentNode node) =>
        node.QuerySelector("option *, select button, frameset") is not null || node.QuerySelectorAll("template").OfType<IHtmlTemplateElement>().Any(template => IsIncomparable(template.Content));

    /// <summary>Foreign content, when it is broken: this parser takes an end tag in a MathML text integration point for one of HTML's, where the standard goes by the rules
    /// of foreign content (§13.2.6), and <c>&lt;![CDATA[</c> behind an <c>svg</c> that closes itself for foreign. And frames of a <c>noscript</c> in a <c>select</c>, which it
    /// leaves out, or in a template that is cut.</summary>
    public static bool MayBeMisread(string page) =>
        OpenNoscript().IsMatch(page) ||
        page.Contains("<math", StringComparison.OrdinalIgnoreCase) || (page.Contains("<![CDATA[", StringComparison.Ordinal) && ClosedSvg().IsMatch(page));

    /// <summary>Everything, in an unmistakable form; attributes by name.</summary>
    public static string Describe(INode node)
    {
        var text = new StringBuilder();
        Describe(node, text);
        return text.ToString();
    }

    private static bool IsInTemplate(INode? node)
    {
        for (; node is not null; node = node.Parent)
        {
            if (node is IDocumentFragment || node.Parent is IHtmlTemplateElement)
            {
                return true;
            }
        }

        return false;
    }

    private static void Describe(INode node, StringBuilder text)
    {
        switch (node)
        {
            case IDocumentType type:
                text.Append($"<!{type.Name}|{type.PublicIdentifier}|{type.SystemIdentifier}>");
                break;
            case IComment comment:
                text.Append($"<!--{comment.Data}-->");
                break;
            // White space before all of a head is a matter of what opened it: a hint that went, or a tag that came.
            case IText words when words.Parent is IHtmlHeadElement && words.PreviousSibling is null && string.IsNullOrWhiteSpace(words.Data):
                break;
            // Where a raw text holds the end tag of another element, AngleSharp makes its name small.
            case IText words when words.ParentElement?.LocalName is "noscript" or "style" or "iframe" or "noembed" or "noframes" or "xmp":
                text.Append(words.Data.ToLowerInvariant());
                break;
            case IText words:
                text.Append(words.Data);
                break;
            case IElement element:
                text.Append('<').Append(element.NamespaceUri == Xhtml ? "" : element.NamespaceUri).Append(element.LocalName);
                foreach (var attribute in element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal))
                {
                    text.Append($" {attribute.NamespaceUri}{attribute.Name}={{{attribute.Value}}}");
                }

                text.Append('>');
                break;
        }

        foreach (var child in node is IHtmlTemplateElement template ? template.Content.ChildNodes : node.ChildNodes)
        {
            Describe(child, text);
        }

        if (node is IElement)
        {
            text.Append("</>");
        }
    }

    [GeneratedRegex("<svg[^>]*/>", RegexOptions.IgnoreCase)]
    private static partial Regex ClosedSvg();

    [GeneratedRegex("<noscript(?:(?!</noscript).)*<(?:select|template)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex OpenNoscript();
}
