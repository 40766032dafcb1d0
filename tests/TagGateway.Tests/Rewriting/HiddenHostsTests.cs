using System.Text.Json;
using Jint;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

/// <summary>Hosts written so that the rules cannot move them: the proof must see it, and the small change take over.</summary>
public class HiddenHostsTests
{
    /// <summary>What makes a tag's script of it; a browser's window, as far as it is used.</summary>
    private const string Tag = "var google_tag_manager={},location={protocol:\"https:\"};function send(u){window.sent.push(String(u))}function load(h){send(\"https://\"+h+\"/gtag/js\")}load(\"www.googletagmanager.com\");";

    [Theory]
    [InlineData("send(`https://www.google-analytics.com/g/collect`)", RewriteDoubt.HostLeft)]
    [InlineData("var h=\"www.google.com\";send(`https://${h}/x`)", RewriteDoubt.HostHidden)]
    [InlineData("var h=\"www.google.com\";send(`//${h}/x`)", RewriteDoubt.HostHidden)]
    [InlineData("var h=\"www.google.com\";send(`${h}/x`)", RewriteDoubt.HostLeft)]
    [InlineData("send(`https://www.${x}.google-analytics.com/`)", RewriteDoubt.HostLeft)]
    [InlineData("send(\"https://www.google-analyt\\x69cs.com/x\")", RewriteDoubt.HostLeft)]
    [InlineData("send(\"https://www.google-analytics\\u002ecom/x\")", RewriteDoubt.HostLeft)]
    [InlineData("send(\"https://www.google-analyt\\u{69}cs.com/x\")", RewriteDoubt.HostLeft)]
    [InlineData("send(\"https://www.google-\\\nanalytics.com/x\")", RewriteDoubt.HostLeft)]
    [InlineData("send(`https://www.google-analyt\\x69cs.com/x`)", RewriteDoubt.HostLeft)]
    [InlineData("send(String.fromCharCode(119,119,119,46,103,111,111,103,108,101,46,99,111,109))", RewriteDoubt.HostHidden)]
    [InlineData("send([0x77,0x77,0x77,0x2e,0x67,0x6f,0x6f,0x67,0x6c,0x65,0x2e,0x63,0x6f,0x6d].map(c=>String.fromCharCode(c)).join(\"\"))", RewriteDoubt.HostHidden)]
    [InlineData("send(\"https://\"+(function(){return\"d3d3Lmdvb2dsZS1hbmFseXRpY3MuY29t\"})())", RewriteDoubt.HostHidden)]
    [InlineData("var a=\"aHR0cHM6Ly9zdGF0cy5nLmRvdWJsZWNsaWNrLm5ldC9nL2NvbGxlY3Q=\"", RewriteDoubt.HostHidden)]
    [InlineData("send(\"moc.scitylana-elgoog.www//:sptth\".split(\"\").reverse().join(\"\"))", RewriteDoubt.HostHidden)]
    [InlineData("send(\"https://\"+\"google-\"+\"analytics.com\"+\"/x\")", RewriteDoubt.HostHidden)]
    [InlineData("send(\"https://\"+\"www.google\"+\".com/x\")", RewriteDoubt.HostHidden)]
    [InlineData("send(\"https://www.google\".concat(\".com/x\"))", RewriteDoubt.HostHidden)]
    [InlineData("send(\"https:/\"+\"/www.google.com/x\")", RewriteDoubt.HostLeft)]
    [InlineData("send(\"https://\"+[\"www\",\"google\",\"com\"].join(\".\"))", RewriteDoubt.HostHidden)]
    [InlineData("send([\"https:\",\"\",\"www.google-analytics.com\",\"x\"].join(\"/\"))", RewriteDoubt.HostHidden)]
    [InlineData("var l=[\"https:\",\"\",\"www.google-analytics.com\"];send(l.join(\"/\"))", RewriteDoubt.HostLeft)]
    [InlineData("var l=[\"www.google-analytics.com\"];l.forEach(function(h){send(\"https://\"+h)})", RewriteDoubt.HostLeft)]
    [InlineData("for(var h of[\"www.google.com\"])send(\"https://\"+h+\"/x\")", RewriteDoubt.HostLeft)]
    [InlineData("var f={a:function(){return\"www.google.com\"}};send(\"https://\"+f[\"a\"]()+\"/x\")", RewriteDoubt.HostLeft)]
    [InlineData("var a={};a[1]=function(){return\"www.google.com\"};send(\"https://\"+a[1]())", RewriteDoubt.HostLeft)]
    [InlineData("var a={},b=function(u){a.u=u;this.toString=()=>u},URL=b;send(new URL(\"/g/collect\",\"https://www.google-analytics.com\"))", RewriteDoubt.HostLeft)]
    [InlineData("var URL=String;send(new URL(\"/g/collect\",\"https://www.google-analytics.com/x/\"))", RewriteDoubt.HostLeft)]
    [InlineData("var u={};u.host=\"www.google-analytics.com\"", RewriteDoubt.HostLeft)]
    [InlineData("var u={};u[\"hostname\"]=\"www.google-analytics.com\"", RewriteDoubt.HostLeft)]
    [InlineData("var h=\"www.google.com\";send(\"https://\"+h+\"/x\");window.told=\"h=\"+h", RewriteDoubt.HostLeft)]
    [InlineData("var h=\"www.google.com\";send(\"https://\"+h.replace(\"www.\",\"\")+\"/x\")", RewriteDoubt.HostLeft)]
    internal void Rewrite_HostThatTheRulesCannotMove_IsReducedAndRuns(string code, RewriteDoubt doubt)
    {
        var rewritten = RewrittenScript.Of(Tag + code);

        Assert.Equal(new ScriptRewrite(RewriteOutcome.Reduced, doubt), rewritten.Result);
        var (layer, sent) = Run(rewritten.Text);
        Assert.Equal("set https://s.example/m", layer);
        Assert.Equal("https://s.example/m/-/www.googletagmanager.com/gtag/js", sent[0]);
    }

    [Theory]
    [InlineData("var t=\"google-analytics\",u=\"doubleclick\"")]
    [InlineData("var n=[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]")]
    [InlineData("var k=\"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\"")]
    [InlineData("var t=`a ${1} b`,u=`/x/${t}/y`")]
    [InlineData("var t=\"https://www\"+\".example.com\"+\"/google\"")]
    [InlineData("var t=[\"a\",\"b\"].join(\".\")")]
    public void Rewrite_WhatOnlyLooksAlike_IsWhole(string code) =>
        Assert.Equal(RewriteOutcome.Whole, RewrittenScript.Of(Tag + code + ";send(\"https://www.google.com/ccm/geo\")").Outcome);

    [Fact]
    public void Rewrite_TagsScriptThatNamesNoHost_IsReduced() =>
        Assert.Equal(new ScriptRewrite(RewriteOutcome.Reduced, RewriteDoubt.NoAnchor), RewrittenScript.Of("window.google_tag_manager={};send(\"/x\")").Result);

    /// <summary>The first command that the script puts into the data layer, and what it asks for.</summary>
    private static (string Layer, string[] Sent) Run(string script)
    {
        var engine = new Engine(options => options.TimeoutInterval(TimeSpan.FromSeconds(5)));
        engine.Execute("var window=globalThis;window.sent=[];var x='r';");
        engine.Execute($"try{{(0,eval)({JsonSerializer.Serialize(script)})}}catch(e){{sent.push('threw '+e)}}");
        return (engine.Evaluate("dataLayer[0][0]+' '+dataLayer[0][1].transport_url").AsString(), [.. engine.Evaluate("sent").AsArray().Select(url => url.AsString())]);
    }
}
