using System.Text;
using TagGateway.Caching;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

public sealed class TextAddressesTests
{
    private const string Site = "https://shop.example/f807/-/";
    private static readonly TemplateValues Values = new("https", "shop.example", "/f807", GooglePlace.Of(""));

    [Theory]
    [InlineData("\"https://www.google.com/ccm/collect?a=1\"", "\"https://shop.example/f807/-/www.google.com/ccm/collect?a=1\"")]
    [InlineData("\"http://www.google.de/ads/ga-audiences\"", "\"https://shop.example/f807/-/www.google.de/ads/ga-audiences\"")]
    [InlineData("src=//td.doubleclick.net/td/rul/1>", "src=//shop.example/f807/-/td.doubleclick.net/td/rul/1>")]
    [InlineData("\"https:\\/\\/www.google.com\\/ccm\\/collect?x\"", "\"https://shop.example/f807/-/www.google.com\\/ccm\\/collect?x\"")]
    [InlineData("\"\\/\\/www.google.com\\/ccm\\/collect\"", "\"\\/\\/shop.example/f807/-/www.google.com\\/ccm\\/collect\"")]
    [InlineData("[\"https://www.google.com/ccm/collect\",\"https://www.google.com/ccm/collect\"]", "[\"https://shop.example/f807/-/www.google.com/ccm/collect\",\"https://shop.example/f807/-/www.google.com/ccm/collect\"]")]
    [InlineData("https://7.fls.doubleclick.net/activityi;src=1;u=\u00e9?", "https://shop.example/f807/-/7.fls.doubleclick.net/activityi;src=1;u=\u00e9?")]
    [InlineData("\"https:\\/\\/ad.doubleclick.net\\/activity;src\\u003d1;u1\\u003d\\u00e9?\"", "\"https://shop.example/f807/-/ad.doubleclick.net\\/activity;src\\u003d1;u1\\u003d\\u00e9?\"")]
    [InlineData("'https://www.google.de/pagead/1p-user-list/1/?a\\x3d1\\x26b'", "'https://shop.example/f807/-/www.google.de/pagead/1p-user-list/1/?a\\x3d1\\x26b'")]
    [InlineData("a=1?\"https://www.google.com/ccm/collect\":0", "a=1?\"https://shop.example/f807/-/www.google.com/ccm/collect\":0")]
    [InlineData("\u00e9\u4e2d\ud83d\ude00 https://www.google.com/ccm/collect", "\u00e9\u4e2d\ud83d\ude00 https://shop.example/f807/-/www.google.com/ccm/collect")]
    public void Find_AddressThatHasARoute_IsMoved(string text, string expected) => Assert.Equal(expected, Move(text));

    [Theory]
    [InlineData("https://www.google.com/search?q=1")]
    [InlineData("https://accounts.google.com/ccm/collect")]
    [InlineData("https://www.google.com.evil.example/ccm/collect")]
    [InlineData("https://evil-www.google.com@evil.example/ccm/collect")]
    [InlineData("https://pixel.example/?host=www.google.com/ccm/collect")]
    [InlineData("https://pixel.example/x?u=https://www.google.com/ccm/collect")]
    [InlineData("https://pixel.example/x?a=1&u=//www.google.com/ccm/collect&b")]
    [InlineData("https://pixel.example/x#https://www.google.com/ccm/collect")]
    [InlineData("https:\\/\\/pixel.example\\/x?u=https:\\/\\/www.google.com\\/ccm\\/collect")]
    [InlineData("https://pixel.example/?u=https%3A%2F%2Fwww.google.com%2Fccm%2Fcollect")]
    [InlineData("https://pixel.example/https://www.google.com/ccm/collect")]
    [InlineData("www.google.com/ccm/collect")]
    [InlineData("ftp://www.google.com:21/ccm/collect")]
    [InlineData("${transport_url}/g/collect?v=2")]
    [InlineData("mailto:x@google.com")]
    public void Find_AnythingElse_StaysAsItIs(string text) => Assert.Equal(text, Move($"{text}"));

    /// <summary>The query of an address that moves says what it said.</summary>
    [Fact]
    public void Find_AddressInTheQueryOfAnother_IsItsOwnersWord() => Assert.Equal(
        $"\"{Site}www.google.com/ccm/collect?dl=https://www.google.com/pagead/landing\"",
        Move("\"https://www.google.com/ccm/collect?dl=https://www.google.com/pagead/landing\""));

    [Theory]
    [InlineData("register(\"/static/service_worker/5a/sw.js\")", "register(\"/f807/-/www.googletagmanager.com/static/service_worker/5a/sw.js\")")]
    [InlineData("x=`/gtm/static/a`", "x=`/f807/-/www.googletagmanager.com/gtm/static/a`")]
    [InlineData("/static/service_worker/ in a sentence", "/static/service_worker/ in a sentence")]
    [InlineData("a/static/service_worker/", "a/static/service_worker/")]
    [InlineData("\"https://www.googletagmanager.com/static/service_worker/5a/sw.js\"", "\"https://shop.example/f807/-/www.googletagmanager.com/static/service_worker/5a/sw.js\"")]
    public void FindInPage_FoldersOfTheWorker_AreMovedToo(string page, string expected) => Assert.Equal(expected, Move(page, isPage: true));

    private static string Move(string text, bool isPage = false)
    {
        using var template = new PooledBuffer();
        using var script = new PooledBuffer();
        var edits = isPage ? TextAddresses.FindInPage(text) : TextAddresses.Find(text);
        Assert.True(TemplateWriter.TryWrite(Encoding.UTF8.GetBytes(text), text, edits, template));
        Assert.True(ScriptTemplate.TryRender(template.Span, Values, script));
        return Encoding.UTF8.GetString(script.Span);
    }
}
