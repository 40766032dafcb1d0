using System.Text;
using TagGateway.Caching;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

public sealed class ScriptTemplateTests
{
    private static readonly TemplateValues Values = new("https", "shop.example:8443", "/f807", GooglePlace.Of("DE-BY"));
    private static readonly string Geo = Convert.ToBase64String("""{"0":"US","1":"US-CA","9":"kept"}"""u8);

    [Theory]
    [InlineData("", "")]
    [InlineData("plain \u00e9 \u00ff", "plain \u00e9 \u00ff")]
    [InlineData("a{o}b{h}c{s}d{p}e", "ahttps://shop.example:8443bshop.example:8443chttpsd/f807e")]
    [InlineData("{c},{r},{t},{e}", "DE,DE-BY,google.de,false")]
    [InlineData("{p}{p}", "/f807/f807")]
    public void TryRender_Holes_AreFilled(string template, string expected)
    {
        var isRendered = TryRender(Template(template), out var script);

        Assert.Equal((true, expected), (isRendered, script));
    }

    [Fact]
    public void TryRender_HoleOfTheRegion_IsTheVisitorsObject()
    {
        var isRendered = TryRender([.. "'"u8, 0xFF, (byte)'g', .. Encoding.ASCII.GetBytes(Geo), 0xFF, .. "'"u8], out var script);

        Assert.True(isRendered);
        var base64 = script.Trim('\'');
        Assert.Equal("""{"0":"DE","1":"DE-BY","9":"kept"}""", Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='))));
    }

    /// <summary>Whoever can write to Redis can leave it there, and a later version of the gateway knows further holes.</summary>
    [Theory]
    [InlineData("a{")]
    [InlineData("a{z}b")]
    [InlineData("a{0}b")]
    [InlineData("a{{o}")]
    [InlineData("a{g}eyIwIjoi")]
    [InlineData("a{g}{")]
    [InlineData("a{g}!!!!{")]
    [InlineData("a{g}e{")]
    [InlineData("a{g}bm8ganNvbg{")]
    [InlineData("a{g}W10{")]
    [InlineData("a{g}MQ{")]
    [InlineData("a{g}eyJcdWQ4MDAiOjF9{")]
    [InlineData("a{g}eyI4IjoiXHVkODAwIn0{")]
    public void TryRender_TemplateThatIsNone_IsFalse(string template) => Assert.False(TryRender(Template(template), out _));

    [Fact]
    public void TryRender_CutAnywhere_NeverThrows()
    {
        byte[] whole = [.. Template("x{o}y"), 0xFF, (byte)'g', .. Encoding.ASCII.GetBytes(Geo), 0xFF, .. Template("{e}")];

        Assert.All(Enumerable.Range(0, whole.Length), length => TryRender(whole[..length], out _));
        Assert.All(Enumerable.Range(0, whole.Length), at => TryRender([.. whole[..at], 0xFF, .. whole[at..]], out _));
    }

    /// <summary><c>{o}</c> for a hole, <c>{</c> for its bare mark.</summary>
    private static byte[] Template(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '{')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
                continue;
            }

            bytes.Add(0xFF);
            if (i + 2 < text.Length && text[i + 2] == '}')
            {
                bytes.Add((byte)text[i + 1]);
                i += 2;
            }
        }

        return [.. bytes];
    }

    private static bool TryRender(byte[] template, out string script)
    {
        using var target = new PooledBuffer();
        var isRendered = ScriptTemplate.TryRender(template, Values, target);
        script = Encoding.UTF8.GetString(target.Span);
        return isRendered;
    }
}
