using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

/// <summary>Each row in every spelling; <c>~</c> is the site's address with the route, <c>^</c> its host with the route, <c>#</c> the scheme of the page.</summary>
public class HostRulesTests
{
    [Theory]
    [InlineData("send(\"~stats.g.doubleclick.net/g/collect\")")]
    [InlineData("send(\"~www.google.com/ccm/geo\")")]
    [InlineData("var url=\"~ad.doubleclick.net/activity;\"")]
    [InlineData("function f(){return\"~www.google.com/ccm/collect\"}")]
    [InlineData("var o={7:\"~www.googleadservices.com/pagead/conversion\",a:\"~google.com/ccm/form-data\"}")]
    [InlineData("send(a?\"~www.google.com/g/collect\":b||\"~www.merchant-center-analytics.goog/mc/collect\")")]
    [InlineData("send(\"~region1.google-analytics.com/g/collect?v=2\")")]
    [InlineData("send(\"~www.google.de/ads/ga-audiences\")")]
    [InlineData("send(\"~www.google.co.uk/ads/ga-audiences\")")]
    [InlineData("send(\"~www.%/ads/ga-audiences?v=1\".replace(\"%\",d))")]
    [InlineData("send(\"~www.google.%/ads/ga-audiences?v=1\".replace(\"%\",d))")] // analytics.js
    [InlineData("send(\"~{subdomain.}google-analytics.com/g/s/collect\".replace(\"{subdomain.}\",r))")]
    [InlineData("send(\"//^www.googletagmanager.com/a?id=\")")]
    [InlineData("send((\"https:\"==location.protocol?\"https:\":\"http:\")+\"//^www.google-analytics.com/collect\")")]
    [InlineData("var a=[\"~www.google.com/rmkt/collect/1\",\"~adservice.google.com/pagead/regclk\"]")]
    [InlineData("switch(n){case 1:send(\"~www.google.com/ccm/geo\")}")]
    public void Apply_WholeAddress_IsMoved(string expected) => AssertMoved(expected);

    [Theory]
    [InlineData("send(\"~\"+(f()||\"www\")+\".google-analytics.com/\"+p)")]
    [InlineData("send(\"~\"+(b?b+\".\":\"\")+\"analytics.google.com/\"+p)")]
    [InlineData("send(\"~\"+a.b+\".fls.doubleclick.net/activityi;\")")]
    [InlineData("send(\"~\".concat(a,\".google-analytics.com/\",p))")]
    [InlineData("send(\"~www.\"+d+\"/ads/ga-audiences?v=1\")")]
    [InlineData("send(\"//^\"+a+\".fls.doubleclick.net/x\")")]
    [InlineData("send(\"#://\"+a+\"/x?h=\"+\"www.google.com\")")]
    [InlineData("send(\"#://\"+a+\"/x\")")]
    public void Apply_Concatenation_MovesItsHead(string expected) => AssertMoved(expected);

    [Theory]
    [InlineData("send(\"#://\"+\"^www.google.com\"+\"/x\")", "send(\"~\"+\"www.google.com\"+\"/x\")")]
    [InlineData("var h=\"^www.google.com\";send(\"#://\"+h+\"/x\")")]
    [InlineData("var h;h=\"^www.google.com\",send(\"#://\"+h+\"/x\")")]
    [InlineData("const h=a()||b()?\"^www.google.com\":\"^www.googleadservices.com\";send(\"#://\"+h+\"/x\")")]
    [InlineData("var h=a||\"^www.google.com\";send(\"#://\"+h+\"/x\")")]
    [InlineData("var h=a??\"^www.google.com\";send(\"#://\"+h)")]
    [InlineData("function f(h,p){return\"#://\"+h+p}send(f(\"^www.google.com\",\"/x\"))")]
    [InlineData("var f=function(h,p){return\"#://\"+h+p};send(f(a?\"^www.google.com\":\"^google.com\",q))")]
    [InlineData("var f=(h,p)=>\"#://\"+h+p;send(f(\"^www.google.com\",q))")]
    [InlineData("var f=h=>{return\"#://\"+h};send(f(\"^www.google.com\"))")]
    [InlineData("var o={f:function(h){return\"#://\"+h+\"/x\"}};o.f(\"^www.google.com\")")]
    [InlineData("var o={f(h){return\"#://\"+h+\"/x\"}};o.f(\"^www.google.com\")")]
    [InlineData("class A{f(h){return\"#://\"+h+\"/x\"}}new A().f(\"^www.google.com\")")]
    [InlineData("function f(h=\"^www.google.com\"){send(\"#://\"+h+\"/x\")}")]
    [InlineData("function f(){return\"^www.google.com\"}send(\"#://\"+f()+\"/x\")")]
    [InlineData("function f(){return a(),\"^www.google.com\"}send(\"#://\"+f()+\"/x\")")]
    [InlineData("var f=()=>\"^www.google.com\";send(\"#://\"+f()+\"/x\")")]
    [InlineData("var o={get hosted(){return\"^www.google.com\"}};send(\"#://\"+o.hosted+\"/x\")")]
    [InlineData("var o={where:\"^www.google.com\"};send(\"#://\"+o.where+\"/x\")")]
    [InlineData("var o={\"where\":\"^www.google.com\"};send(\"#://\"+o[\"where\"]+\"/x\")")]
    [InlineData("var o={};o.w=\"^www.google.com\";send(\"#://\"+o.w+\"/x\")")]
    [InlineData("var o={};o.w=\"^www.googletagmanager.com\";var u=\"\"+o.w+(a?\"/gtag/js\":\"/gtm.js\")")]
    [InlineData("class A{w=\"^www.google.com\";f(){send(\"#://\"+this.w+\"/x\")}}")]
    [InlineData("var l=[\"^www.google.com\",\"^google.com\"];send(\"#://\"+l[n]+\"/x\")")]
    [InlineData("send(\"#://\"+[\"^www.google.com\",\"^google.com\"][n]+\"/x\")")]
    [InlineData("var m={a:\"^www.google.com\",b:\"x.example\"};send(\"#://\"+m[k]+\"/x\")")]
    [InlineData("send(\"#://\"+{a:\"^www.google.com\",b:\"x.example\"}[k]+\"/x\")")]
    [InlineData("function f(n){switch(n){case 1:return\"^www.google.com\";default:return\"^google.com\"}}send(\"#://\"+f(n)+\"/x\")")]
    [InlineData("var h=(a(),\"^www.google.com\");send(\"#://\"+h+\"/x\")")]
    [InlineData("var g,h;g=h=\"^www.google.com\";send(\"#://\"+g+\"/x\")")]
    [InlineData("send(\"#://\".concat(\"^www.google.com\",\"/x\"))", "send(\"~\".concat(\"www.google.com\",\"/x\"))")]
    [InlineData("var h=\"^www.google.com\";send(\"https://\".concat(h,\"/x\"))")]
    [InlineData("(function(h){send(\"#://\"+h+\"/x\")})(\"^www.google.com\")")]
    [InlineData("send(\"#://\"+(function(){return\"^www.google.com\"})()+\"/x\")")]
    [InlineData("var u=a+\"//\"+\"^www.google.com\"+\"/x\"", "var u=a+\"//^\"+\"www.google.com\"+\"/x\"")]
    [InlineData("var h=\"^www.google.com\".toString();send(\"#://\"+h+\"/x\")")]
    [InlineData("var u=\"^www.google.com/ccm\"")]
    [InlineData("var h=F(3,\"^www.googletagmanager.com\"),g=F(21,\"^www.googletagmanager.com\")")]
    [InlineData("z[5]=f(\"^www.google.com\",\"/pagead/x\",\"/y\")")]
    public void Apply_BareHostOfAnAddress_IsMoved(string expected, string? instead = null) => AssertMoved(instead ?? expected);

    [Theory]
    [InlineData("a.origin!==\"https://www.googletagmanager.com\"&&f()")]
    [InlineData("\"https://www.googletagmanager.com\"==a.origin")]
    [InlineData("d!=\"google.com\"?1:2")]
    [InlineData("switch(h){case\"www.google.com\":f()}")]
    [InlineData("url.indexOf(\"https://www.googletagmanager.com/\")===0")]
    [InlineData("url.startsWith(\"https://www.google.com\")")]
    [InlineData("function f(a,b){return a.substring(0,b.length)===b}f(u,\"https://www.googletagmanager.com/\")")]
    [InlineData("w.postMessage(m,\"https://www.googletagmanager.com\")")]
    [InlineData("/^(www\\.)?googletagmanager\\.com$/.test(h)")]
    [InlineData("/https:\\/\\/www.google.com\\/x/.exec(h)")]
    [InlineData("var l=[\"https://www.google.com\",\"https://www.youtube.com\"];l.indexOf(o)")]
    [InlineData("var l=[\"www.google.com\",\"google.com\"];l.includes(h)")]
    [InlineData("new Set([\"www.google.com\"]).has(h)")]
    [InlineData("var m={\"www.google.com\":1}")]
    [InlineData("var m=o[\"www.google.com\"]")]
    [InlineData("\"www.google.com\"in o")]
    public void Apply_Comparison_Stays(string script) => AssertStays(script);

    [Theory]
    [InlineData("told(\"www.google.com\")")]
    [InlineData("told(\"&h=\"+\"www.google.com\")")]
    [InlineData("told(\"&h=\"+(a?\"www.google.com\":\"google.com\"))")]
    [InlineData("told(encodeURIComponent(\"https://www.google.com/x\"))")]
    [InlineData("told(\"&u=\"+\"https://www.google.com/x\")")]
    [InlineData("set(hit,names.p,a?\"www.google.com\":\"www.googleadservices.com\")")]
    [InlineData("var set=function(h,k,v){h.data[k]=v};set(hit,names.p,\"www.google.com\")")]
    [InlineData("hit[names.p]=a?\"www.google.com\":\"www.googleadservices.com\"")]
    [InlineData("var h=\"www.google.com\";told(\"h=\"+h)")]
    [InlineData("function f(){return\"www.google.com\"}told(\"h=\"+f())")]
    [InlineData("var t=\"mail@www.google.com\"")]
    [InlineData("var t=\"data-www.google.com_x\"")]
    [InlineData("var t=\"see www.google.com for more\"")]
    [InlineData("typeof\"www.google.com\"")]
    [InlineData("var t=\"www.google.com.evil.example\",u=\"https://www.google.com.evil.example/x\",v=\"https://policies.google.com/x\",w=\"https://example.com/?u=www.google.comx\"")]
    public void Apply_ToldValue_Stays(string script) => AssertStays(script);

    [Theory]
    [InlineData("{\"resource\":{\"tags\":[{\"vtp_html\":\"\\u003Cscript src=\\\"https:\\/\\/www.googletagmanager.com\\/gtag\\/js\\\"\"}]}}")]
    [InlineData("{\"resource\":{},\"runtime\":[[50,\"https://www.google.com/x\"]]}")]
    [InlineData("{\"resource\":{},\"permissions\":{\"send_pixel\":{\"urls\":[\"https://www.google.com/x\",\"www.google.com\"]}}}")]
    [InlineData("{\"resource\":{},\"blob\":{\"24\":[\"www.google.com\"],\"38\":\"google.com,www.google.com\",\"19\":\"www.google.com\"}}")]
    public void Apply_CustomersData_Stays(string data) => AssertStays($"var data={data};");

    [Fact]
    public void Apply_BlobsHosts_AreMoved() =>
        AssertMoved("var data={\"resource\":{},\"blob\":{\"3\":\"^www.googletagmanager.com\",\"21\":\"^www.googletagmanager.com\",\"36\":\"~adservice.google.com/pagead/regclk\"}};");

    [Theory]
    [InlineData("send(\"https://www.google.com/maps/x?q=1\")")]
    [InlineData("open(\"https://www.google.com/search?q=\"+q)")]
    public void Apply_AddressWithoutARoute_Stays(string script) => AssertStays(script);

    [Fact]
    public void Apply_TableAskedByAddress_GetsASecondEntry()
    {
        var rewritten = RewrittenScript.Of("var m={\"https://www.google.com\":\"/g\",'https://www.googleadservices.com':\"/as\"};");

        Assert.Equal(RewriteOutcome.Whole, rewritten.Outcome);
        Assert.Equal(
            $"var m={{\"{RewrittenScript.Route}www.google.com\":\"/g\",\"https://www.google.com\":\"/g\",'{RewrittenScript.Route}www.googleadservices.com':\"/as\",'https://www.googleadservices.com':\"/as\"}};",
            rewritten.Text);
    }

    [Fact]
    public void Apply_WorkersPage_HasTheContractsAddress() =>
        Assert.Equal(
            "f(\"https://s.example/m/_/service_worker/\"+v+\"/sw_iframe.html\")",
            RewrittenScript.Of("f(\"https://www.googletagmanager.com/static/service_worker/\"+v+\"/sw_iframe.html\")").Text);

    [Theory]
    [InlineData("http", "localhost:8080", "/metrics", "http://localhost:8080/metrics/-/")]
    [InlineData("https", "[2001:db8::1]:8443", "/m", "https://[2001:db8::1]:8443/m/-/")]
    [InlineData("https", "www.shop.example", "/a/b", "https://www.shop.example/a/b/-/")]
    public void Render_VisitorsAddress_IsHisOwn(string scheme, string host, string path, string route)
    {
        var script = "send(\"https://www.google.com/ccm/geo\");var h=\"www.google.com\";send(\"https://\"+h+\"/y\");send(\"//www.google.com/ccm/geo\")";

        var text = RewrittenScript.Of(script, values: new TemplateValues(scheme, host, path, GooglePlace.Of(""))).Text;

        Assert.Equal($"send(\"{route}www.google.com/ccm/geo\");var h=\"{host}{path}/-/www.google.com\";send(\"{scheme}://\"+h+\"/y\");send(\"//{host}{path}/-/www.google.com/ccm/geo\")", text);
    }

    [Theory]
    [InlineData("/* äöü – € 😀 */var t=\"ÿþ😀\\u00e9\";")]
    [InlineData("\uFEFFvar t='日本語';")]
    [InlineData("var \\u0061=1,ÄÖ=\"\u2028\";")]
    public void Rewrite_MultiByteTextBeforeAnEdit_StaysAsItWas(string before) =>
        Assert.Equal($"{before}send(\"{RewrittenScript.Route}www.google.com/ccm/geo?t=ü😀\");/* ÿ */", RewrittenScript.Of($"{before}send(\"https://www.google.com/ccm/geo?t=ü😀\");/* ÿ */").Text);

    private static void AssertMoved(string expected)
    {
        foreach (var spelling in RewrittenScript.Spellings(expected))
        {
            var original = spelling.Replace("~", "https://", StringComparison.Ordinal).Replace("^", "", StringComparison.Ordinal).Replace("#", "https", StringComparison.Ordinal);
            var wanted = spelling.Replace("~", RewrittenScript.Route, StringComparison.Ordinal).Replace("^", "s.example/m/-/", StringComparison.Ordinal).Replace("#", "https", StringComparison.Ordinal);

            var rewritten = RewrittenScript.Of(original);

            Assert.Equal(wanted, rewritten.Text);
            Assert.Equal(new ScriptRewrite(RewriteOutcome.Whole, RewriteDoubt.None), rewritten.Result);
        }
    }

    private static void AssertStays(string script)
    {
        foreach (var spelling in RewrittenScript.Spellings(script))
        {
            var rewritten = RewrittenScript.Of(spelling);

            Assert.Equal(spelling, rewritten.Text);
            Assert.Equal(new ScriptRewrite(RewriteOutcome.Whole, RewriteDoubt.None), rewritten.Result);
        }
    }
}
