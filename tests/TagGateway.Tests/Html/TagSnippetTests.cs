using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Acornima;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

public sealed partial class TagSnippetTests
{
    private const string Nasty = """{"a</script><script>alert(1)</script>":"<!-- \u2028 \u2029 --> é & '"}""";

    [Theory]
    [InlineData("GTM-ABC123", null, null, "", "<script>!function(w){w=w.dataLayer=w.dataLayer||[];function g(){w.push(arguments)}w.push({'gtm.start':Date.now(),event:'gtm.js'});var d=document,f=d.getElementsByTagName('script')[0],j=d.createElement('script');j.async=true;j.src='/f807/?id=GTM-ABC123';f.parentNode.insertBefore(j,f)}(window)</script>")]
    [InlineData("G-ABC123", null, null, "", "<script async src=\"/f807/?id=G-ABC123\"></script>")]
    [InlineData("G-ABC123", null, "ab+/=", "https://www.shop.example", "<script async src=\"https://www.shop.example/f807/?id=G-ABC123\" nonce=\"ab+/=\"></script>")]
    [InlineData("G-ABC123", "{\"ad_storage\":\"denied\"}", "n", "", "<script nonce=\"n\">!function(w){w=w.dataLayer=w.dataLayer||[];function g(){w.push(arguments)}g('consent','default',{\"ad_storage\":\"denied\"})}(window)</script><script async src=\"/f807/?id=G-ABC123\" nonce=\"n\"></script>")]
    public void Head_Plain_IsThis(string tag, string? consent, string? nonce, string prefix, string expected) =>
        Assert.Equal(expected, Text(TagSnippet.Head(PlanOf(tag, consent), nonce, prefix)));

    [Fact]
    public void Head_Container_SaysConsentBeforeItStartsAndHandsTheNonceOn()
    {
        var text = Text(TagSnippet.Head(PlanOf("GTM-ABC123", "{\"ad_storage\":\"denied\"}"), "n1", "https://www.shop.example"));

        Assert.InRange(text.IndexOf("'consent','default'", StringComparison.Ordinal), 0, text.IndexOf("gtm.start", StringComparison.Ordinal));
        Assert.StartsWith("<script nonce=\"n1\">", text, StringComparison.Ordinal);
        Assert.Contains("j.nonce='n1';j.src='https://www.shop.example/f807/?id=GTM-ABC123'", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GTM-ABC123", "")]
    [InlineData("G-ABC123", "<script nonce=\"n\">!function(w){w=w.dataLayer=w.dataLayer||[];function g(){w.push(arguments)}g('js',new Date());g('config','G-ABC123')}(window)</script>")]
    public void End_OnlyWhatIsNoContainer_IsConfigured(string tag, string expected) => Assert.Equal(expected, Text(TagSnippet.End(PlanOf(tag, null), "n")));

    [Theory]
    [InlineData("GTM-ABC123", 1)]
    [InlineData("AW-1", 2)]
    public void Head_NastyValues_BreakOutOfNothing(string tag, int scripts)
    {
        const string Nonce = "\"'><script>x</script>\\";
        var bytes = TagSnippet.Head(PlanOf(tag, Nasty), Nonce, "https://a.example/\"'><b>");

        var text = Text(bytes);

        Assert.True(Ascii.IsValid(bytes));
        Assert.Equal(scripts, Element().Count(text));
        Assert.Equal("", Element().Replace(text, ""));
        Assert.All(Element().Matches(text), element => Assert.Equal(Nonce, WebUtility.HtmlDecode(element.Groups["nonce"].Value)));
        Assert.All(Element().Matches(text), element => _ = new Parser().ParseScript(element.Groups["code"].Value));
        var start = text.IndexOf("{\"a", StringComparison.Ordinal);
        var value = JsonDocument.Parse(text[start..(text.IndexOf("\"})", start, StringComparison.Ordinal) + 2)]);
        Assert.Equal(JsonDocument.Parse(Nasty).RootElement.EnumerateObject().Single(), value.RootElement.EnumerateObject().Single(), (one, other) => one.Name == other.Name && one.Value.GetString() == other.Value.GetString());
    }

    /// <summary>One whole script element whose values hold nothing that a page reads as markup.</summary>
    [GeneratedRegex("<script( async src=\"[^\"<>]*\")?( nonce=\"(?<nonce>[^\"<>]*)\")?>(?<code>[^<>]*)</script>")]
    private static partial Regex Element();

    private static TagPlan PlanOf(string tag, string? consent) => new([tag]) { Path = "/f807", ConsentDefault = consent };

    private static string Text(byte[] bytes) => Encoding.ASCII.GetString(bytes);
}
