using System.Text;
using Acornima;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

/// <summary>The spellings are written after those seen in public pages and repositories (November 2026), with names of our own.</summary>
public sealed class InlineScriptTests
{
    private const string Origin = "https://www.shop.example";
    private const string Boot = "w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;";
    private const string Insert = "f.parentNode.insertBefore(j,f);";
    private const string Call = "(window,document,'script','dataLayer','GTM-ABC123')";
    private static readonly TagPlan Plan = new(["GTM-ABC123", "GTM-SECOND", "G-ABC123", "AW-1"]) { Path = "/f807" };
    private static readonly TagPlan Full = new(["GTM-ABC123", "G-ABC123"]) { Path = "/f807", IsFull = true };
    private static readonly InlineContext Page = new(Plan, Origin);

    [Theory]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})" + Call + ";", "'/f807/?id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src=\n'//www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})" + Call + ";", "'/f807/?id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='http://www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})" + Call, "'/f807/?id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src=\"https://www.googletagmanager.com/gtm.js?id=\"+i+dl;" + Insert + "})" + Call, "\"/f807/?id=\"+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='https:\\/\\/www.googletagmanager.com\\/gtm.js?id='+i+dl;" + Insert + "})" + Call, "'/f807/?id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='\\x68ttps:\\x2F\\x2Fwww.googletagmanager.com\\u002fgtm.js\\u{3f}id='+i+dl;" + Insert + "})" + Call, "'/f807/\\u{3f}id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl+'&gtm_auth=a_b&gtm_preview=env-2&gtm_cookies_win=x';" + Insert + "})" + Call, "'/f807/?id='+i+dl+'&gtm_auth")]
    [InlineData("((w,d,s,l,i)=>{" + Boot + "j.src=`https://www.googletagmanager.com/gtm.js?id=${i}${dl}`;" + Insert + "})" + Call, "`/f807/?id=${i}${dl}`")]
    [InlineData("!function(e,t,a,n,r){e[n]=e[n]||[],e[n].push({\"gtm.start\":(new Date).getTime(),event:\"gtm.js\"});var g=t.getElementsByTagName(a)[0],m=t.createElement(a),s=\"dataLayer\"!=n?\"&l=\"+n:\"\";m.async=!0,m.src=\"https://www.googletagmanager.com/gtm.js?id=\"+r+s,g.parentNode.insertBefore(m,g)}(window,document,\"script\",\"dataLayer\",\"GTM-ABC123\")", "m.src=\"/f807/?id=\"+r+s")]
    [InlineData("(function(w,d,s,l,i,cid){w.cid=cid;" + Boot + "j.src='//www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})(window,document,'script','dataLayer','GTM-ABC123','85317');", "'/f807/?id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='https://www.googletagmanager.com/'+'gtm.js?id='+i+dl;" + Insert + "})" + Call, "j.src='/f807/'+'?id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='https://www.googletagmanager.com' + '/gtm.js?id='+i+dl;" + Insert + "})" + Call, "j.src='/f807/' + '?id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src=location.protocol+'//www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})" + Call, "location.protocol+'//www.shop.example/f807/?id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src=('https:'==d.location.protocol?'https:':'http:')+'//www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})" + Call, "+'//www.shop.example/f807/?id='+i+dl")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src=`${location.protocol}//www.googletagmanager.com/gtm.js?id=${i}`;" + Insert + "})" + Call, "`${location.protocol}//www.shop.example/f807/?id=${i}`")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='https://www.googletagmanager.com/gtm.js?id='.concat(i).concat(dl);" + Insert + "})" + Call, "'/f807/?id='.concat(i)")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='https:'.concat('//www.googletagmanager.com/gtm.js?id=',i);" + Insert + "})" + Call, "'https:'.concat('//www.shop.example/f807/?id=',i)")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "var n=d.querySelector('[nonce]');n&&j.setAttribute('nonce',n.nonce||n.getAttribute('nonce'));j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})" + Call, "'/f807/?id='+i+dl")]
    [InlineData("(function(){const id='GTM-ABC123';window.dataLayer=window.dataLayer||[];window.dataLayer.push({'gtm.start':Date.now(),event:'gtm.js'});const j=document.createElement('script');j.src=`https://www.googletagmanager.com/gtm.js?id=${id}`;document.head.appendChild(j)}());", "`/f807/?id=${id}`")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='https://www.googletagmanager.com/gtm.js?id=GTM-ABC123'+dl;" + Insert + "})(window,document,'script','dataLayer')", "'/f807/?id=GTM-ABC123'+dl")]
    [InlineData("(function(w,d,s,l,i,j,f,k,q){w[l]=w[l]||[];q='https://www.googletagmanager.com/gtm.js?id=@&l='+l;k=i.length;while(k--){j=d.createElement(s);j.src=q.replace('@',i[k]);d.head.appendChild(j)}}(window,document,'script','dataLayer',['GTM-ABC123','GTM-SECOND']))", "q='/f807/?id=@&l='+l")]
    [InlineData("var s=document.createElement('script');s.async=1;s.src='https://www.googletagmanager.com/gtag/js?id=G-ABC123';document.head.appendChild(s);", "s.src='/f807/?id=G-ABC123'")]
    [InlineData("var ID='G-ABC123';function load(){if(ID.indexOf('G-XXXX')!==-1)return;var s=document.createElement('script');s.src='https://www.googletagmanager.com/gtag/js?id='+ID;document.head.appendChild(s)}load()", "s.src='/f807/?id='+ID")]
    [InlineData("load('https://www.googletagmanager.com/gtag/js?id=' + encodeURIComponent(cfg.id));var cfg={id:'AW-1'}", "load('/f807/?id=' + encodeURIComponent")]
    [InlineData("a.src='https://www.googletagmanager.com/gtag/js?id=G-ABC123&l=layer';b.src='https://www.googletagmanager.com/gtag/destination?id=AW-1&cx=c'", "b.src='/f807/gtd?id=AW-1&cx=c'")]
    [InlineData("fetch(new URL('https://www.googletagmanager.com/gtag/js?id=G-ABC123'))", "new URL('https://www.shop.example/f807/?id=G-ABC123')")]
    [InlineData("document.write('<script src=\"'+'https://www.googletagmanager.com/gtag/js?id=G-ABC123'+'\"><\\/script>')", "'<script src=\"'+'/f807/?id=G-ABC123'")]
    [InlineData("document.write('<script src=\"'+location.protocol+'//www.googletagmanager.com/gtag/js?id=G-ABC123\"><\\/script>')", "'//www.shop.example/f807/?id=G-ABC123\"><")]
    [InlineData("<!-- hide\n(function(w,d,s,l,i){" + Boot + "j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})" + Call + ";\n//-->", "'/f807/?id='+i+dl")]
    [InlineData("/* https://www.googletagmanager.com/gtm.js?id=GTM-EVIL */ // <![CDATA[\n(function(w,d,s,l,i){" + Boot + "j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})" + Call + ";\n// ]]>", "'/f807/?id='+i+dl")]
    [InlineData("var u=document.createElement('script');u.src='https://www.googletagmanager.com/gtm.js';u.src+='?id='+'GTM-ABC123'", "u.src='/f807/';")]
    [InlineData("var gr\u00f6\u00dfe='\u00e4\u20ac \ud83d\ude00',\u00a0x='https://www.googletagmanager.com/gtag/js?id=G-ABC123'", "x='/f807/?id=G-ABC123'")]
    [InlineData("window.cfg={\"src\":\"https:\\/\\/www.googletagmanager.com\\/gtag\\/js?id=G-ABC123\",\"async\":true}", "\"src\":\"/f807/?id=G-ABC123\"")]
    public void Read_SiteLoadsItsTagFromGoogle_IsChanged(string script, string part)
    {
        var read = Read(script, Page);

        Assert.Equal(InlineVerdict.Rewritten, read.Verdict);
        var after = Apply(script, read.Edits);
        Assert.Contains(part, after, StringComparison.Ordinal);
        Assert.Equal(script.Contains("/*", StringComparison.Ordinal), after.Contains("googletagmanager", StringComparison.Ordinal));
        _ = new Parser().ParseScript(after);
    }

    [Theory]
    [InlineData("if(s.src==='https://www.googletagmanager.com/gtm.js?id=GTM-ABC123')x()")]
    [InlineData("if(s.src.indexOf('https://www.googletagmanager.com/gtag/js')>-1)x()")]
    [InlineData("if(s.src.startsWith(`https://www.googletagmanager.com/gtag/js`))x()")]
    [InlineData("/https:\\/\\/www.googletagmanager.com\\/gtag\\/js/.test(s.src)")]
    [InlineData("document.querySelector('script[src*=\"googletagmanager.com/gtm.js\"]')")]
    [InlineData("var blocked={'https://www.googletagmanager.com/gtag/js?id=G-ABC123':1}")]
    [InlineData("var hosts=['https://www.googletagmanager.com','https://www.google-analytics.com']")]
    [InlineData("self.f.push([1,\"a:[\\\"$\\\",\\\"script\\\",{\\\"src\\\":\\\"https://www.googletagmanager.com/gtag/js?id=G-ABC123\\\"}]\"])")]
    [InlineData("// https://www.googletagmanager.com/gtm.js?id=GTM-ABC123")]
    [InlineData("x='https://evil.example/?u=https://www.googletagmanager.com/gtag/js?id=G-ABC123'")]
    [InlineData("x='https://www.googletagmanager.com/static/x.js'")]
    [InlineData("n.innerHTML='<iframe src=\"https://www.googletagmanager.com/ns.html?id=GTM-ABC123\"></iframe>'")]
    [InlineData("f.src='https://www.googletagmanager.com/ns.html?id=GTM-ABC123'")]
    [InlineData("s.src.replace('https://www.googletagmanager.com/gtag/js','x')")]
    public void Read_AddressThatLoadsNothing_IsLeft(string script)
    {
        var read = Read(script, Page);

        Assert.Equal(InlineVerdict.None, read.Verdict);
        Assert.Empty(read.Edits);
    }

    [Theory]
    [InlineData("s.src='https://www.googletagmanager.com/gtag/js?id=G-EVIL1'", false)]
    [InlineData("s.src='https://www.googletagmanager.com/gtag/js?id=G-ABC123&id=G-EVIL1'", false)]
    [InlineData("s.src='https://www.googletagmanager.com/gtm.js?id=GTM-'+x", false)]
    [InlineData("var a='G-ABC123',b='G-EVIL1';s.src='https://www.googletagmanager.com/gtag/js?id='+b", false)]
    [InlineData("s.src='https://www.googletagmanager.com/gtag/js?id='+cfg.id", true)]
    [InlineData("s.src='https://www.googletagmanager.com/'+path;var i='G-ABC123'", true)]
    [InlineData("s.src=`https://www.googletagmanager.com/${path}`;var i='G-ABC123'", true)]
    [InlineData("(function(w,i,u){s.src=u+'gtm.js?id='+i})(window,'GTM-ABC123','https://www.googletagmanager.com/')", true)]
    [InlineData("s.src='https://'+'www.googletagmanager.com/gtag/js?id=G-ABC123'", true)]
    [InlineData("s.src=proxy+'https://www.googletagmanager.com/gtag/js?id=G-ABC123'", true)]
    [InlineData("document.write('<script src=\"https://www.googletagmanager.com/gtag/js?id=G-ABC123\"><\\/script>')", true)]
    [InlineData("s.src='https://www.googletagmanager.com/gtag/js?id=G-ABC123", true)]
    [InlineData("s.src='https://www.googletagmanager.com/gtag/js?id=G-ABC123';}", true)]
    [InlineData("s.src='\\1https://www.googletagmanager.com/gtag/js?id=G-ABC123'", true)]
    public void Read_NotTheSitesOrNotUnderstood_IsLeft(string script, bool isDoubt)
    {
        var read = Read(script, Page);

        Assert.Equal(isDoubt ? InlineVerdict.Doubt : InlineVerdict.Foreign, read.Verdict);
        Assert.Empty(read.Edits);
    }

    [Fact]
    public void Read_OriginNotKnown_LeavesWhatGetsASchemeAtRunTime() =>
        Assert.Equal(InlineVerdict.Doubt, Read("s.src=location.protocol+'//www.googletagmanager.com/gtag/js?id=G-ABC123'", Page with { Origin = null }).Verdict);

    [Fact]
    public void Read_ForeignBase_PutsTheOriginBefore()
    {
        const string Script = "s.src='//www.googletagmanager.com/gtag/js?id=G-ABC123'";

        Assert.Equal("s.src='https://www.shop.example/f807/?id=G-ABC123'", Apply(Script, Read(Script, Page with { NeedsOrigin = true }).Edits));
        Assert.Equal(InlineVerdict.Doubt, Read(Script, new InlineContext(Plan, null, NeedsOrigin: true)).Verdict);
    }

    [Fact]
    public void Read_NoscriptFrameWithFullCoverage_IsMoved()
    {
        const string Script = "f.src='https://www.googletagmanager.com/ns.html?id=GTM-ABC123'";

        Assert.Equal("f.src='/f807/-/www.googletagmanager.com/ns.html?id=GTM-ABC123'", Apply(Script, Read(Script, new InlineContext(Full, Origin)).Edits));
    }

    [Fact]
    public void Read_ShiftJis_IsLeft()
    {
        byte[] script = [.. "a='"u8, 0x95, 0x5C, .. "';s.src='https://www.googletagmanager.com/gtag/js?id=G-ABC123'"u8];

        Assert.Equal(InlineVerdict.Doubt, InlineScript.Read(script, Page).Verdict);
    }

    [Fact]
    public void Read_LettersThatAreNotAscii_NeverSpellTheHost() =>
        Assert.Equal(InlineVerdict.None, Read("s.src='https://www.googlet\u00e9gmanager.com/gtag/js?id=G-ABC123'", Page).Verdict);

    [Theory]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='/f807/?id='+i+dl;" + Insert + "})(window,document,'script','layer2','GTM-ABC123')", "GTM-ABC123", "layer2")]
    [InlineData("(function(w,d,s,l,i){" + Boot + "j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;" + Insert + "})(window,document,'script','layer2','GTM-ABC123')", "GTM-ABC123", "layer2")]
    [InlineData("s.src='/f807/'", "GTM-ABC123", null)]
    [InlineData("s.src='https://www.shop.example/f807/gtag/js?id=G-ABC123&l=own'", "G-ABC123", "own")]
    [InlineData("(w.own=w.own||[]).push({'gtm.start':1,event:'gtm.js'});s.src='/f807/?id=GTM-SECOND'", "GTM-SECOND", "own")]
    [InlineData("dataLayer.push({'gtm.start':1,event:'gtm.js'});s.src='/f807/?id=GTM-SECOND'", "GTM-SECOND", "dataLayer")]
    public void Read_Boot_TellsIdAndLayer(string script, string id, string? layer)
    {
        var read = Read(script, Page);

        Assert.Equal([id], read.Ids);
        Assert.Equal(layer is null ? [] : [layer], read.Layers);
        Assert.Equal(script.Contains("googletag", StringComparison.Ordinal) ? InlineVerdict.Rewritten : InlineVerdict.FirstParty, read.Verdict);
    }

    [Theory]
    [InlineData("window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('js',new Date());gtag('config','G-ABC123',{a:1})", "G-ABC123", false, false)]
    [InlineData("window.gtag(\"config\",\"AW-1\");gtag('event','x',{send_to:'AW-1/abc'})", "AW-1", false, false)]
    [InlineData("const g=(...a)=>dataLayer.push(a);g('config', ID);var ID='G-ABC123'", "G-ABC123", false, false)]
    [InlineData("gtag('config','G-EVIL1')", null, false, false)]
    [InlineData("x.y={config:'G-ABC123'};f('configure','G-ABC123')", null, false, false)]
    [InlineData("gtag('consent','default',{ad_storage:'denied'})", null, true, false)]
    [InlineData("x='consent'", null, false, false)]
    [InlineData("dataLayer=[{page:'home'}]", null, false, true)]
    [InlineData("window.dataLayer = [];", null, false, true)]
    [InlineData("window['dataLayer']=[{a:1}]", null, false, true)]
    [InlineData("var dataLayer = window.dataLayer || [];", null, false, false)]
    [InlineData("if(!window.dataLayer){window.dataLayer=[]}", null, false, false)]
    [InlineData("window.dataLayer||(window.dataLayer=[])", null, false, false)]
    public void Read_Commands_AreTold(string script, string? configured, bool consent, bool resets)
    {
        var read = Read(script, Page);

        Assert.Equal(configured is null ? [] : [configured], read.Configured);
        Assert.Equal(consent, read.SaysConsent);
        Assert.Equal(resets, read.ResetsLayer);
    }

    [Theory]
    [InlineData("var a=1;", false, false)]
    [InlineData("x('//www.googletagmanager.com/')", true, false)]
    [InlineData("x('/f807/?id=')", true, false)]
    [InlineData("x(\"/f807\")", true, false)]
    [InlineData("x('/f8070')", false, false)]
    [InlineData("x('a/f807/')", false, false)]
    [InlineData("gtag('config','G-1')", false, true)]
    [InlineData("gtag(\"consent\",\"default\")", false, true)]
    [InlineData("var config=1;/* consent */", false, false)]
    [InlineData("dataLayer=[]", false, true)]
    public void QuickLooks_BeforeAnyWork_TellWhatMayMatter(string script, bool loads, bool configures)
    {
        Assert.Equal(loads, InlineScript.MayLoad(Encoding.UTF8.GetBytes(script), Plan));
        Assert.Equal(configures, InlineScript.MayConfigure(Encoding.UTF8.GetBytes(script)));
    }

    [Fact]
    public void QuickLooks_LargeScript_AllocateNothing()
    {
        var script = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a.config=b('f807');/* consent */", 2000)));
        InlineScript.MayLoad(script, Plan);
        InlineScript.MayConfigure(script);

        var before = GC.GetAllocatedBytesForCurrentThread();
        InlineScript.MayLoad(script, Plan);
        InlineScript.MayConfigure(script);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static InlineScript Read(string script, InlineContext context) => InlineScript.Read(Encoding.UTF8.GetBytes(script), context);

    private static string Apply(string script, IReadOnlyList<PageEdit> edits) => EditedScript.Of(script, edits);
}
