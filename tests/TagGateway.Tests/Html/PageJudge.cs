using System.Buffers;
using System.Text;
using AngleSharp.Dom;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

/// <summary>Rewrites a page and says what is wrong with the outcome; null: nothing.</summary>
internal sealed class PageJudge
{
    private const string ByteOrderMark = "\u00ef\u00bb\u00bf";
    private readonly PagePlan _plan;
    private readonly byte[] _page;
    private readonly PageFindings _findings;

    public PageJudge(byte[] page, PagePlan plan)
    {
        (_plan, _page) = (plan, page);
        (Result, _findings) = Rewrite(page, plan);
    }

    /// <summary>The page rewritten in one piece, which is told to be the last.</summary>
    public byte[] Result { get; }

    /// <summary>Parsers would differ about some of it.</summary>
    public bool IsDoubtful => ExpectedPage.CertainTo(_page) != int.MaxValue;

    /// <summary>AngleSharp reads it as no browser does (or, of a NUL before the body, otherwise), or its tree does not show what ran.</summary>
    public bool IsIncomparable { get; private set; }

    public PageFindings Findings => _findings;

    /// <param name="pieces">Lengths of the first pieces; the rest is told to be the last one.</param>
    public static (byte[] Result, PageFindings Findings) Rewrite(ReadOnlySpan<byte> page, PagePlan plan, params ReadOnlySpan<int> pieces)
    {
        var output = new ArrayBufferWriter<byte>(page.Length + 1024);
        using var rewriter = new PageRewriter(plan);
        foreach (var length in pieces)
        {
            rewriter.Write(page[..length], output);
            page = page[length..];
        }

        rewriter.Complete(page, output);
        return (output.WrittenSpan.ToArray(), rewriter.Findings);
    }

    /// <summary>Of the same page, read to its end or not: what nothing comes of is only seen by reading on.</summary>
    public static bool IsSame(PageFindings one, PageFindings readOn) =>
        one.Rewritten == readOn.Rewritten && one.IsInjected == readOn.IsInjected
        && (one.Reason == readOn.Reason || one.Reason is PageReason.None or PageReason.NoTag);

    /// <summary>The outcome's bytes and tree are those of the page with what was intended, and nothing else.</summary>
    /// <param name="isWellFormed">Then nothing may be in doubt, and an injected tag stands where it is wanted.</param>
    public string? Difference(bool isWellFormed)
    {
        var (before, after) = (Encoding.Latin1.GetString(_page), Encoding.Latin1.GetString(Result));
        if (before.StartsWith(ByteOrderMark, StringComparison.Ordinal))
        {
            if (!after.StartsWith(ByteOrderMark, StringComparison.Ordinal))
            {
                return "the byte order mark is no longer first";
            }

            (before, after) = (before[3..], after[3..]);
        }

        IsIncomparable = PageTree.IsIncomparable(PageTree.Parse(before)) || (!isWellFormed && PageTree.MayBeMisread(before)) || (_findings.IsInjected && before.Contains('\0', StringComparison.Ordinal));
        if (IsIncomparable)
        {
            return null;
        }

        if (_findings.Reason == PageReason.Fault)
        {
            return "a fault";
        }

        var certainTo = ExpectedPage.CertainTo(Encoding.Latin1.GetBytes(before));
        if (isWellFormed && certainTo != int.MaxValue)
        {
            return $"doubt at {certainTo}";
        }

        return _findings.IsInjected ? InjectedDifference(before, after, certainTo, isWellFormed) : PlainDifference(before, after, certainTo, isWellFormed);
    }

    private string? PlainDifference(string before, string after, int certainTo, bool isWellFormed)
    {
        var expected = new ExpectedPage(before, _plan, certainTo, int.MaxValue);
        if (isWellFormed && _plan.Tags.Inject is not null && !expected.HasTag && !expected.ForbidsTags)
        {
            return "nothing was injected";
        }

        return CompareBytes(expected, after) ?? CompareTrees(expected.Tree(), PageTree.Describe(PageTree.Parse(after)));
    }

    private string? InjectedDifference(string before, string after, int certainTo, bool isWellFormed)
    {
        if (_plan.Tags.Inject is null)
        {
            return "injected though not asked to";
        }

        var head = Texts(TagSnippet.Head(_plan.Tags, null, "")).Concat(_plan.Origin is null ? [] : Texts(TagSnippet.Head(_plan.Tags, null, _plan.Origin))).FirstOrDefault(text => after.Contains(text, StringComparison.Ordinal));
        if (head is null)
        {
            return "the injected tag is not there";
        }

        // The place in the result is that in the page, moved by the edits before it, none of which depends on it.
        var at = after.IndexOf(head, StringComparison.Ordinal);
        var without = after.Remove(at, head.Length);
        var unmoved = new ExpectedPage(before, _plan, certainTo, int.MaxValue);
        var place = Enumerable.Range(0, before.Length + 1).First(each => unmoved.Moved(each) >= at || each == before.Length);
        var expected = new ExpectedPage(before, _plan, certainTo, place);
        var end = Encoding.Latin1.GetString(TagSnippet.End(_plan.Tags, null));
        var hasEnd = end.Length > 0 && without.EndsWith(end, StringComparison.Ordinal) && !before.EndsWith(end, StringComparison.Ordinal);
        without = hasEnd ? without[..^end.Length] : without;
        if (hasEnd && expected.HasTag)
        {
            return "configured twice";
        }

        if (!hasEnd && end.Length > 0 && !expected.HasTag && isWellFormed)
        {
            return "never configured";
        }

        var tree = PageTree.Parse(after);
        var scripts = PageTree.Elements(tree, "script").Where(script => PageTree.StartOf(script) is var start && ((start >= at && start < at + head.Length) || (hasEnd && start >= after.Length - end.Length))).ToList();
        if (scripts.Count != Count(head) + (hasEnd ? 1 : 0))
        {
            return $"{scripts.Count} injected scripts would run";
        }

        var misplaced = Misplaced(scripts[0], after[(at + head.Length)..], isWellFormed);
        scripts.ForEach(script => script.Remove());
        var (wanted, got) = expected.HasRemovals ? (expected.Tree(place, head, hasEnd ? end : ""), PageTree.Describe(PageTree.Parse(after))) : (expected.Tree(), PageTree.Describe(tree));
        return misplaced ?? CompareBytes(expected, without) ?? CompareTrees(wanted, got);
    }

    /// <summary>The first of the injected scripts stands where it should not.</summary>
    private string? Misplaced(IElement script, string behind, bool isWellFormed)
    {
        if (script.ParentElement?.LocalName != "head")
        {
            return $"injected into {script.ParentElement?.LocalName}";
        }

        var isAtEnd = behind.TrimStart().StartsWith("</head", StringComparison.OrdinalIgnoreCase);
        var before = script.PreviousElementSibling;
        return !isWellFormed ? null : _plan.Tags.Inject switch
        {
            InjectPosition.HeadEnd when !isAtEnd => "not at the head's end",
            InjectPosition.HeadStart when before is not null && (_plan.NamesCharset || before.LocalName != "meta") => "not at the head's start",
            InjectPosition.AfterConsent when !isAtEnd && (before?.LocalName != "script" || script.ParentElement.QuerySelector("script[src*=otSDKStub]") is null) => "not behind consent",
            _ => null,
        };
    }

    private static string? CompareBytes(ExpectedPage expected, string after) => DifferenceOf("bytes", expected.Bytes(), after);

    private static string? CompareTrees(string wanted, string got) => DifferenceOf("trees", wanted, got);

    private static string? DifferenceOf(string what, string wanted, string got)
    {
        var at = wanted.Zip(got).TakeWhile(pair => pair.First == pair.Second).Count();
        return wanted == got ? null : $"{what} differ at {at}: expected …{Around(wanted, at)}…, but it is …{Around(got, at)}…";
    }

    private static string Around(string text, int at) => text[Math.Max(at - 60, 0)..Math.Min(at + 100, text.Length)];

    private static string[] Texts(byte[] snippet) => [Encoding.Latin1.GetString(snippet)];

    private static int Count(string snippet) => snippet.Split("<script").Length - 1;
}
