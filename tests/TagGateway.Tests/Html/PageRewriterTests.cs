using System.Buffers;
using System.Text;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

public sealed class PageRewriterTests
{
    private const string Tag = "https://www.googletagmanager.com/gtag/js?id=G-MAIN1";

    [Theory]
    [InlineData("<script async src=\"{0}\"></script>", "<script async src=\"{1}\"></script>")]
    [InlineData("<SCRIPT ASYNC SRC='{0}&amp;l=x'></SCRIPT>", "<SCRIPT ASYNC SRC='{1}&amp;l=x'></SCRIPT>")]
    [InlineData("<script src={0}></script>", "<script src={1}></script>")]
    [InlineData("<script\n\tsrc = \"{0}\"/>", "<script\n\tsrc = \"{1}\"/>")]
    [InlineData("<script src=\"{0}\" integrity=\"sha256-x\" async></script>", "<script src=\"{1}\"  async></script>")]
    [InlineData("<script integrity=a src=\"{0}\"></script>", "<script  src=\"{1}\"></script>")]
    [InlineData("<script src=\"{0}\" src=\"x\"></script>", "<script src=\"{1}\" src=\"x\"></script>")]
    [InlineData("<a title='<script src=\"{0}\">'><script src=\"{0}\"></script>", "<a title='<script src=\"{0}\">'><script src=\"{1}\"></script>")]
    [InlineData("<b title=it's><script src='{0}'></script>", "<b title=it's><script src='{1}'></script>")]
    [InlineData("<b \"><script src='{0}'></script>", "<b \"><script src='{1}'></script>")]
    [InlineData("<b a=x\"y='><script src='{0}'></script>", "<b a=x\"y='><script src='{1}'></script>")]
    [InlineData("<!-- <script src='{0}'></script> --><script src='{0}'></script>", "<!-- <script src='{0}'></script> --><script src='{1}'></script>")]
    [InlineData("<!--><script src='{0}'></script>", "<!--><script src='{1}'></script>")]
    [InlineData("<!---><script src='{0}'></script>", "<!---><script src='{1}'></script>")]
    [InlineData("<!--!><script src='{0}'></script>", "<!--!><script src='{0}'></script>")]
    [InlineData("<!--a--!><script src='{0}'></script>", "<!--a--!><script src='{1}'></script>")]
    [InlineData("<!----!><script src='{0}'></script>", "<!----!><script src='{1}'></script>")]
    [InlineData("<!---!><script src='{0}'></script>", "<!---!><script src='{0}'></script>")]
    [InlineData("<!x '><script src='{0}'></script>", "<!x '><script src='{1}'></script>")]
    [InlineData("</ x><script src='{0}'></script>", "</ x><script src='{1}'></script>")]
    [InlineData("</><script src='{0}'></script>", "</><script src='{1}'></script>")]
    [InlineData("<?php '?><script src='{0}'></script>", "<?php '?><script src='{1}'></script>")]
    [InlineData("<![CDATA[ > ]]><script src='{0}'></script>", "<![CDATA[ > ]]><script src='{1}'></script>")]
    [InlineData("<svg><![CDATA[ > <script src='{0}'></script> ]]></svg><script src='{0}'></script>", "<svg><![CDATA[ > <script src='{0}'></script> ]]></svg><script src='{1}'></script>")]
    [InlineData("<svg><style><script src='{0}'></style></svg><script src='{0}'></script>", "<svg><style><script src='{0}'></style></svg><script src='{1}'></script>")]
    [InlineData("<style><script src='{0}'></script></style>", "<style><script src='{0}'></script></style>")]
    [InlineData("<title><script src='{0}'></script></title>", "<title><script src='{0}'></script></title>")]
    [InlineData("<textarea><script src='{0}'></script></textarea>", "<textarea><script src='{0}'></script></textarea>")]
    [InlineData("<script>var a='<script src={0}>'</script><script src='{0}'></script>", "<script>var a='<script src={0}>'</script><script src='{1}'></script>")]
    [InlineData("<script>a<!--<script></script><script src='{0}'></script>--></script>", "<script>a<!--<script></script><script src='{0}'></script>--></script>")]
    [InlineData("<script><!--></script><script src='{0}'></script>", "<script><!--></script><script src='{1}'></script>")]
    [InlineData("<template><script src='{0}'></script></template><script src='{0}'></script>", "<template><script src='{0}'></script></template><script src='{1}'></script>")]
    [InlineData("<plaintext><script src='{0}'></script>", "<plaintext><script src='{0}'></script>")]
    [InlineData("<script type=application/json src='{0}'></script>", "<script type=application/json src='{0}'></script>")]
    [InlineData("<link rel=preload as=script href='{0}'>", "<link rel=preload as=script href='{1}'>")]
    [InlineData("<script src='\0{0}'></script>", "<script src='\0{0}'></script>")]
    [InlineData("<script src='{0}'", "<script src='{0}'")]
    [InlineData("<script integrity=a src='{0}' integrity=b></script>", "<script  src='{1}' ></script>")]
    [InlineData("<script async integrity='a'=b src='{0}'></script>", "<script async /=b src='{1}'></script>")]
    [InlineData("<div><svg></div><script>'<p><script src={0}>'</script>", "<div><svg></div><script>'<p><script src={0}>'</script>")]
    [InlineData("<template><svg></template><script src='{0}'></script>", "<template><svg></template><script src='{1}'></script>")]
    [InlineData("<math><svg><foreignObject><style></math><script src='{0}'></script>", "<math><svg><foreignObject><style></math><script src='{1}'></script>")]
    [InlineData("<svg><foreignObject><title></title><script src='{0}'></script></foreignObject></svg>", "<svg><foreignObject><title></title><script src='{1}'></script></foreignObject></svg>")]
    [InlineData("<svg><g><path></g></svg><script src='{0}'></script>", "<svg><g><path></g></svg><script src='{1}'></script>")]
    [InlineData("<script src='{0}&amp;l=a&gt'></script>", "<script src='{1}&amp;l=a&gt'></script>")]
    [InlineData("<script src='{0}&gt'></script>", "<script src='{0}&gt'></script>")]
    [InlineData("<script src='{0}&period;2'></script>", "<script src='{0}&period;2'></script>")]
    [InlineData("<script src='{0}&#46'></script>", "<script src='{0}&#46'></script>")]
    [InlineData("<script src='https://www.googletagmanager.com/gtag/js?id=G-OTHER'></script>", "<script src='https://www.googletagmanager.com/gtag/js?id=G-OTHER'></script>")]
    [InlineData("<script src='https://&#119;ww.GoogleTagManager.com/gtag/js?id=G-MAIN1'></script>", "<script src='{1}'></script>")]
    [InlineData("<script src='https://www.goo&#103;letagmanager.com/gtag/js?id=G-MAIN1'></script>", "<script src='https://www.goo&#103;letagmanager.com/gtag/js?id=G-MAIN1'></script>")]
    [InlineData("<script src='https://www.goo\ngletagmanager.com/gtag/js?id=G-MAIN1'></script>", "<script src='https://www.goo\ngletagmanager.com/gtag/js?id=G-MAIN1'></script>")]
    public void Write_Markup_ChangesTheTagsThatABrowserWouldRun(string page, string expected)
    {
        page = page.Replace("{0}", Tag, StringComparison.Ordinal);
        expected = expected.Replace("{0}", Tag, StringComparison.Ordinal).Replace("{1}", "/f807/?id=G-MAIN1", StringComparison.Ordinal);

        Assert.Equal(expected, Rewrite(page, 0));
        Assert.Equal(expected, Rewrite(page, int.MaxValue));
        for (var size = 1; size < 12; size++)
        {
            Assert.Equal(expected, Rewrite(page, size));
        }
    }

    [Theory]
    [InlineData("<script integrity=a src=\"{0}\" data-a=\"{2}\" integrity=b></script>{2}", "<script  src=\"{1}\" data-a=\"{2}\" ></script>{2}")]
    [InlineData("<script src=\"{0}\"></script>{2}<script src=\"{0}\"></script>", "<script src=\"{1}\"></script>{2}<script src=\"{1}\"></script>")]
    [InlineData("<div title=\"{0}\">{2}</div><script src=\"{0}\"></script>", "<div title=\"{0}\">{2}</div><script src=\"{1}\"></script>")]
    [InlineData("<!-- {0} {2} <script src=\"{0}\"></script> -->{2}", "<!-- {0} {2} <script src=\"{0}\"></script> -->{2}")]
    [InlineData("<script>var a='{0}';{2}</script><p>{2}", "<script>var a='{1}';{2}</script><p>{2}")]
    public void Complete_PageAtHand_ChangesAsReadInPieces(string page, string expected)
    {
        page = page.Replace("{0}", Tag, StringComparison.Ordinal).Replace("{2}", new string('x', 3000), StringComparison.Ordinal);
        expected = expected.Replace("{0}", Tag, StringComparison.Ordinal).Replace("{1}", "/f807/?id=G-MAIN1", StringComparison.Ordinal).Replace("{2}", new string('x', 3000), StringComparison.Ordinal);

        Assert.Equal(expected, Rewrite(page, 0));
        Assert.Equal(expected, Rewrite(page, 700));
        Assert.Equal(expected, Rewrite(page, int.MaxValue));
    }

    [Theory]
    [InlineData("<p>nothing</p>", nameof(PageReason.NoTag))]
    [InlineData("<p>a text of Google</p>", nameof(PageReason.NoTag))]
    [InlineData("<script src=\"/f807/?id=G-MAIN1\"></script>", nameof(PageReason.AlreadyFirstParty))]
    [InlineData("<script src=\"https://www.googletagmanager.com/gtag/js?id=G-OTHER\"></script>", nameof(PageReason.ForeignTag))]
    [InlineData("<frameset><script src=\"https://www.googletagmanager.com/gtag/js?id=G-MAIN1\"></script>", nameof(PageReason.Doubt))]
    public void Complete_PageAtHand_TellsWhyItIsLeft(string page, string reason)
    {
        using var rewriter = new PageRewriter(Plan());
        rewriter.Complete(Encoding.UTF8.GetBytes(page), new ArrayBufferWriter<byte>());

        Assert.Equal(reason, rewriter.Findings.Reason.ToString());
        Assert.True(rewriter.IsDone);
    }

    private static PagePlan Plan() => new(new TagPlan(["G-MAIN1"]) { Path = "/f807" }, ContentPolicies.None);

    /// <param name="chunk">0: all of it is told to be the last.</param>
    private static string Rewrite(string page, int chunk)
    {
        var bytes = Encoding.UTF8.GetBytes(page);
        var output = new ArrayBufferWriter<byte>();
        using var rewriter = new PageRewriter(Plan());
        var at = 0;
        for (; chunk > 0 && at < bytes.Length; at += Math.Min(chunk, bytes.Length - at))
        {
            rewriter.Write(bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at)), output);
        }

        rewriter.Complete(bytes.AsSpan(at), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
