using Acornima;
using Jint;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

public class SmallEditTests
{
    /// <summary>Not to be rewritten whole.</summary>
    private const string Hidden = "var google_tag_manager,u=`https://${1}`;";

    [Theory]
    [InlineData("", "\n(function(){")]
    [InlineData("\uFEFF", "\uFEFF\n(function(){")]
    [InlineData("#!/usr/bin/env node\n", "#!/usr/bin/env node\n(function(){")]
    [InlineData("\"use strict\";", "'use strict';(function(){")]
    [InlineData("// a comment\n/* another */ 'use strict';", "'use strict';(function(){")]
    [InlineData("--> a comment\n", "\n(function(){")]
    public void TryWrite_WhatMustBeFirst_StaysFirst(string before, string expected)
    {
        var rewritten = RewrittenScript.Of(before + Hidden);

        Assert.Equal(RewriteOutcome.Reduced, rewritten.Outcome);
        Assert.StartsWith(expected, rewritten.Text, StringComparison.Ordinal);
        Assert.EndsWith(Hidden, rewritten.Text, StringComparison.Ordinal);
        new Parser().ParseScript(rewritten.Text);
    }

    [Theory]
    [InlineData("dataLayer")]
    [InlineData("my$Layer_2.x-y")]
    [InlineData("'];alert(1)//")]
    [InlineData("\"\\\n\r\u2028</script><script>alert(1)</script>")]
    [InlineData("ü😀\0")]
    [InlineData("")]
    public void TryWrite_AnyLayerName_IsThatPropertyAndNoCode(string layer)
    {
        var rewritten = RewrittenScript.Of(Hidden, layer);

        Assert.DoesNotContain("</script", rewritten.Text, StringComparison.Ordinal);
        var engine = new Engine();
        engine.Execute("var window={},alert=()=>{throw 1};");
        engine.Execute(rewritten.Text);
        engine.SetValue("layer", layer);
        Assert.Equal("https://s.example/m", engine.Evaluate("window[layer][0][1].transport_url").AsString());
        Assert.Equal(1, engine.Evaluate("Object.keys(window).length").AsNumber());
    }

    [Fact]
    public void TryWrite_LayerOfTheBlob_IsUsed() =>
        Assert.Contains("window['other']", RewrittenScript.Of($"var data={{\"resource\":{{}},\"blob\":{{\"19\":\"other\"}}}};{Hidden}").Text, StringComparison.Ordinal);

    [Fact]
    public void TryWrite_LayerOfThePageWithCommands_GetsItsOwnFirst()
    {
        var engine = new Engine();
        engine.Execute("var window={dataLayer:[['js']]};");

        engine.Execute(RewrittenScript.Of(Hidden).Text);

        Assert.Equal("set js", engine.Evaluate("window.dataLayer[0][0]+' '+window.dataLayer[1][0]").AsString());
    }

    [Theory]
    [InlineData("\"https://\"+\"^www.googletagmanager.com\"+\"/x\"")]
    [InlineData("x.y='^www.googletagmanager.com'")]
    [InlineData("f(3,\"^www.googletagmanager.com\")")]
    [InlineData("x={a:\"^www.googletagmanager.com\"}")]
    [InlineData("a?\"^www.googletagmanager.com\":b")]
    [InlineData("h===\"www.googletagmanager.com\"")]
    [InlineData("\"www.googletagmanager.com\"!=h")]
    [InlineData("x={\"www.googletagmanager.com\":1}")]
    [InlineData("h.indexOf(\"www.googletagmanager.com\")")]
    [InlineData("/=\"www.googletagmanager.com\"/.test(h)")]
    [InlineData("t='{\"h\":\"www.googletagmanager.com\"}'")]
    public void TryWrite_HostOfScripts_IsMovedWhereItIsAValue(string expected)
    {
        var rewritten = RewrittenScript.Of(Hidden + expected.Replace("^", "", StringComparison.Ordinal));

        Assert.Equal(RewriteOutcome.Reduced, rewritten.Outcome);
        Assert.EndsWith(Hidden + expected.Replace("^", "s.example/m/-/", StringComparison.Ordinal), rewritten.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.y=\"^www.googletagmanager.com\";")]
    [InlineData("return'^www.googletagmanager.com'")]
    [InlineData("a?\"^www.googletagmanager.com\":b")]
    [InlineData("h==\"www.googletagmanager.com\"")]
    [InlineData("{a:1,\"www.googletagmanager.com\":1}")]
    public void TryWrite_ScriptThatCannotBeRead_IsChangedByItsText(string expected)
    {
        var text = RewrittenScript.Of($"google_tag_manager;{expected.Replace("^", "", StringComparison.Ordinal)} @@ (").Text;

        Assert.EndsWith($"google_tag_manager;{expected.Replace("^", "s.example/m/-/", StringComparison.Ordinal)} @@ (", text, StringComparison.Ordinal);
        Assert.Contains("transport_url:'https://s.example/m'", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!doctype html><script>google_tag_manager</script>")]
    [InlineData("\uFEFF \r\n<html>google_tag_manager")]
    [InlineData("{\"error\":\"not found\"")]
    [InlineData("google_tag_\u0000manager (")]
    public void TryWrite_NoTagsScript_StaysAsItIs(string text)
    {
        var rewritten = RewrittenScript.Of(text);

        Assert.Equal(RewriteOutcome.Untouched, rewritten.Outcome);
    }
}
