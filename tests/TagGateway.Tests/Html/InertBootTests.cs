using System.Text;
using Acornima;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

public sealed class InertBootTests
{
    private const string Start = "w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;";
    private const string Src = "j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);";
    private const string Call = "(window,document,'script','dataLayer','GTM-ABC123')";
    private static readonly TagPlan Plan = new(["GTM-ABC123", "GTM-SECOND", "G-ABC123"]) { Path = "/f807" };
    private static readonly InlineContext Page = new(Plan, "https://www.shop.example");

    [Theory]
    [InlineData("(function(w,d,s,l,i){" + Start + Src + "})" + Call + ";", "(void 0);")]
    [InlineData("\n  ( function ( w , d , s , l , i ) { /* a */ " + Start + "\n" + Src + " } ) ( window , document , 'script' , 'dataLayer' , 'GTM-ABC123' )\n", "\n  (void 0)\n")]
    [InlineData("(function(w,d,s,l,i){" + Start + Src + "}" + Call + ")", "(void 0)")]
    [InlineData("((function(w,d,s,l,i){" + Start + Src + "})" + Call + ")", "(void 0)")]
    [InlineData("!function(w,d,s,l,i){" + Start + Src + "}" + Call, "!(void 0)")]
    [InlineData("void function(w,d,s,l,i){" + Start + Src + "}" + Call + ";x()", "void (void 0);x()")]
    [InlineData("((w,d,s,l,i)=>{" + Start + Src + "})" + Call, "(void 0)")]
    [InlineData("((w,d,s,l,i)=>{" + Start + "j.src=`https://www.googletagmanager.com/gtm.js?id=${i}${dl}`;f.parentNode?.insertBefore(j,f)})" + Call, "(void 0)")]
    [InlineData("!function(e,t,a,r,g){e[r]=e[r]||[],e[r].push({\"gtm.start\":(new Date).getTime(),event:\"gtm.js\"});var n=t.getElementsByTagName(a)[0],s=t.createElement(a);s.async=!0,s.src=\"https://www.googletagmanager.com/gtm.js?id=\"+g+(\"dataLayer\"!=r?\"&l=\"+r:\"\"),n.parentNode.insertBefore(s,n)}(window,document,\"script\",\"dataLayer\",\"GTM-ABC123\")", "!(void 0)")]
    [InlineData("a(),function(w,d,s,l,i){" + Start + Src + "}" + Call + ",b()", "a(),(void 0),b()")]
    [InlineData("var x=1;function y(){}\n(function(w,d,s,l,i){" + Start + Src + "})" + Call + ";z()", "var x=1;function y(){}\n(void 0);z()")]
    [InlineData("(function(){const id='GTM-ABC123';window.dataLayer=window.dataLayer||[];window.dataLayer.push({'gtm.start':Date.now(),event:'gtm.js'});const j=document.createElement('script');j.async=true;j.src=`https://www.googletagmanager.com/gtm.js?id=${id}`;document.head.appendChild(j)}());", "(void 0);")]
    [InlineData("(function(w,d,s,l,i){" + Start + "var n=d.querySelector('[nonce]');n&&j.setAttribute('nonce',n.nonce||n.getAttribute('nonce'));" + Src + "})" + Call, "(void 0)")]
    [InlineData("(function(w,d,s,l,i){" + Start + "j.src='/f807/?id='+i+dl;f.parentNode.insertBefore(j,f);})" + Call, "(void 0)")]
    [InlineData("(function(w,d,s,l,i){" + Start + Src + "}).call(this,window,document,'script','dataLayer','GTM-ABC123');", "(void 0);")]
    [InlineData("(function(w,d,s,l,i){" + Start + Src + "})(window,document,'script','dataLayer','gtm-abc123'.toUpperCase());", null)]
    public void TryMake_UsualBoot_IsNothing(string script, string? expected)
    {
        var edits = TryMake(script);

        if (expected is null)
        {
            Assert.Null(edits);
            return;
        }

        Assert.NotNull(edits);
        Assert.Equal(expected, EditedScript.Of(script, edits));
        _ = new Parser().ParseScript(expected);
    }

    [Theory]
    [InlineData("(function(w,d,s,l,i,cid){w.cid=cid;" + Start + Src + "})(window,document,'script','dataLayer','GTM-ABC123','1');", "w.cid=cid;")]
    [InlineData("(function(w,d,s,l,i){" + Start + "j.onload=function(){ready()};" + Src + "})" + Call, "ready()")]
    [InlineData("(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':1,event:'gtm.js',page:'home'});var f=d.getElementsByTagName(s)[0],j=d.createElement(s),dl='';" + Src + "})" + Call, "page:'home'")]
    [InlineData("window.dataLayer=window.dataLayer||[];dataLayer.push({'gtm.start':Date.now(),\"event\":'gtm.js'});var j=document.createElement('script');j.src='https://www.googletagmanager.com/gtm.js?id=GTM-ABC123';document.head.appendChild(j)", "appendChild(j)")]
    [InlineData("if(ok)(function(w,d,s,l,i){" + Start + Src + "})" + Call + "\nelse b()", "else b()")]
    [InlineData("x()\n(function(w,d,s,l,i){" + Start + Src + "})" + Call, "x()\n(function")]
    [InlineData("(function(w,d,s,l,i){" + Start + Src + "})" + Call + "\n(function(){b()})()", "b()")]
    [InlineData("$(function(){(function(w,d,s,l,i){" + Start + "site.ready=1;" + Src + "})" + Call + "})", "site.ready=1;")]
    public void TryMake_BootThatDoesMore_LosesItsEventAlone(string script, string kept)
    {
        var edits = TryMake(script);

        Assert.NotNull(edits);
        var after = EditedScript.Of(script, edits);
        Assert.Contains(kept, after, StringComparison.Ordinal);
        Assert.DoesNotContain("googletagmanager", after, StringComparison.Ordinal);
        Assert.Contains("_vent", after, StringComparison.Ordinal);
        Assert.DoesNotMatch("[^_\"]event['\"]?:", after);
        _ = new Parser().ParseScript(after);
    }

    [Theory]
    [InlineData("(function(w,d,s,l,i){" + Start + Src + "})(window,document,'script','dataLayer','GTM-SECOND');")]
    [InlineData("(function(w,d,s,l,i){" + Start + Src + "})(window,document,'script','layer2','GTM-ABC123');")]
    [InlineData("(function(w,d,s,l,i){" + Start + Src + "})(window,document,'script','dataLayer','GTM-EVIL1');")]
    [InlineData("s.src='https://www.googletagmanager.com/gtag/js?id=G-ABC123'")]
    [InlineData("dataLayer.push({'gtm.start':1,event:'gtm.js'})")]
    [InlineData("(function(w,d,s,l,i){" + Start + Src)]
    [InlineData("")]
    public void TryMake_NoBootOfThisContainer_IsNone(string script) => Assert.Null(TryMake(script));

    [Fact]
    public void TryMake_TwoContainers_TheOtherIsMadeFirstParty()
    {
        const string Script = "(function(w,d,s,l,i){" + Start + Src + "})" + Call + ";(function(w,d,s,l,i){" + Start + Src + "})(window,document,'script','dataLayer','GTM-SECOND');";

        var after = EditedScript.Of(Script, TryMake(Script)!); // asserted by what comes of it

        Assert.StartsWith("(void 0);(function(w,d,s,l,i){", after, StringComparison.Ordinal);
        Assert.Contains("j.src='/f807/?id='+i+dl", after, StringComparison.Ordinal);
        Assert.Contains("event:'gtm.js'", after, StringComparison.Ordinal);
        Assert.DoesNotContain("googletagmanager", after, StringComparison.Ordinal);
    }

    private static IReadOnlyList<PageEdit>? TryMake(string script) => InertBoot.TryMake(Encoding.UTF8.GetBytes(script), Page, "GTM-ABC123");
}
