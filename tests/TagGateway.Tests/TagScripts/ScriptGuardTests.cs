using System.IO.Compression;
using System.Net;
using System.Text;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Tests.Rewriting;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.TagScripts;

public sealed class ScriptGuardTests : IDisposable
{
    private readonly Site _site = SomeSite.Create(tags: ["G-MAIN1", "AW-2"]);
    private readonly KnowledgeTable _knowledge = new();
    private readonly SomePassed _passed;

    public ScriptGuardTests() => _passed = new SomePassed(_knowledge);

    public void Dispose() => _passed.Dispose();

    [Theory]
    [InlineData("var a=1;")]
    [InlineData("")]
    [InlineData("{\"blob\":{\"1\":\"1\"}}")]
    [InlineData("{\"blob\":{\"5\":\"G-MAIN1\"}}")]
    [InlineData("{\"blob\":{\"5\":\"g-main1\"}}")]
    [InlineData("{\"blob\":{\"5\":\"AW-2\"}}")]
    [InlineData("{\"blob\":{\"34\":\"AW-2\"}}")]
    [InlineData("{\"blob\":{\"5\":\"GT-X9\",\"10\":\"GT-X9|G-MAIN1\"}}")]
    [InlineData("{\"blob\":{\"10\":\"G-MAIN1\"}}")]
    [InlineData("{\"blob\":{\"5\":\"G-MAIN1\"}};{\"blob\":{\"5\":\"AW-2\"}}")]
    public async Task Judge_ScriptOfAnAllowedTagOrOfNone_MayBeServed(string script) => Assert.Equal(ScriptVerdict.Serve, await JudgeAsync(script));

    [Theory]
    [InlineData("{\"blob\":{\"5\":\"G-FOREIGN3\"}}", "G-FOREIGN3")]
    [InlineData("{\"blob\":{\"34\":\"gtm-foreign3\"}}", "GTM-FOREIGN3")]
    [InlineData("{\"blob\":{\"5\":\"G-FOREIGN3\",\"34\":\"G-MAIN1\"}}", "G-FOREIGN3")]
    [InlineData("{\"blob\":{\"5\":\"G-FOREIGN3\",\"10\":\"G-FOREIGN3|GT-X9\"}}", "G-FOREIGN3")]
    [InlineData("{\"blob\":{\"5\":\"G-MAIN1\"}};{\"blob\":{\"5\":\"G-FOREIGN3\"}}", "G-FOREIGN3")]
    [InlineData("{\"blob\":{\"5\":\"G-FOREIGN3\"}};{\"blob\":{\"5\":\"G-MAIN1\"}}", "G-FOREIGN3")]
    [InlineData("{\"blob\":{\"1\":\"1\"}};{\"blob\":{\"5\":\"G-FOREIGN3\"}}", "G-FOREIGN3")]
    [InlineData("{\"blob\":{\"5\":\"G-MAIN1\",\"58\":\"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=\"}};{\"blob\":{\"5\":\"G-FOREIGN3\"}}", "G-FOREIGN3")]
    public async Task Judge_ScriptOfAnotherTag_IsForeign(string script, string tag) =>
        Assert.Equal(ScriptVerdict.Foreign(GoogleScriptAddress.Of(SomeSite.Tag(tag))), await JudgeAsync(script));

    [Theory]
    [InlineData("{\"blob\":{\"5\":\"not an id\"}}")]
    [InlineData("{\"blob\":{\"5\":\"\"}}")]
    [InlineData("{\"blob\":{\"10\":\"G-FOREIGN3\"}}")]
    public async Task Judge_ScriptThatNamesNoTagOfOurs_IsUnreadable(string script) => Assert.Equal(ScriptVerdict.Unreadable, await JudgeAsync(script));

    [Theory]
    [InlineData("br")]
    [InlineData("BR")]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("identity")]
    public async Task Judge_CompressedScript_IsJudgedByWhatItSays(string coding)
    {
        var (own, foreign) = (Encode("{\"blob\":{\"5\":\"G-MAIN1\"}}", coding), Encode("{\"blob\":{\"5\":\"G-FOREIGN3\"}}", coding));

        Assert.Equal(ScriptVerdict.Serve, await _passed.JudgeAsync(_site, Answer("text/javascript", coding), own));
        Assert.Equal(ScriptVerdict.Foreign(GoogleScriptAddress.Of(SomeSite.Tag("G-FOREIGN3"))), await _passed.JudgeAsync(_site, Answer("text/javascript", coding), foreign));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("br, gzip")]
    [InlineData("compress")]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Judge_CodingThatCannotBeRead_IsUnreadable(string coding)
    {
        var verdict = await _passed.JudgeAsync(_site, Answer("text/javascript", coding), Encoding.UTF8.GetBytes("{\"blob\":{\"5\":\"G-MAIN1\"}}"));

        Assert.Equal(ScriptVerdict.Unreadable, verdict);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Judge_CompressedScriptCutAtEveryByte_NeverServesAForeignOneThatCanBeRead(string coding)
    {
        var script = Encode("{\"blob\":{\"5\":\"G-FOREIGN3\"}};" + string.Concat(Enumerable.Range(0, 200).Select(i => $"var v{i * 7919}={i};")), coding);
        using var answer = Answer("text/javascript", coding);

        for (var length = 0; length < script.Length; length++)
        {
            var verdict = await _passed.JudgeAsync(_site, answer, script.AsMemory(0, length));

            Assert.True(!verdict.MayServe || !Decode(script[..length], coding).Contains("FOREIGN3\"", StringComparison.Ordinal), $"cut at {length}");
        }
    }

    [Fact]
    public async Task Judge_CompressedScriptThatUnfoldsOverTheLimit_IsUnreadable()
    {
        var bomb = Encode(new string(' ', ScriptAnswer.MaxBytes + 1), "br");

        Assert.Equal(ScriptVerdict.Unreadable, await _passed.JudgeAsync(_site, Answer("text/javascript", "br"), bomb));
        Assert.True(bomb.Length < 1024);
    }

    [Fact]
    public async Task Judge_ServedScript_TeachesItsPathKey()
    {
        var key = Convert.ToBase64String(OpaquePath.Key);

        await JudgeAsync($"{{\"blob\":{{\"5\":\"G-MAIN1\",\"58\":\"{key}\"}}}}");

        Assert.True(_knowledge.Of(_site).TryDecode(OpaquePath.Encode("?id=G-A1"), out _));
    }

    [Fact]
    public async Task Judge_ForeignScript_TeachesNothing()
    {
        var key = Convert.ToBase64String(OpaquePath.Key);

        await JudgeAsync($"{{\"blob\":{{\"5\":\"G-FOREIGN3\",\"58\":\"{key}\"}}}}");

        Assert.False(_knowledge.Of(_site).TryDecode(OpaquePath.Encode("?id=G-A1"), out _));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Judge_EmptyCompressedScript_MayBeServedAsAnEmptyPlainOne(string coding) =>
        Assert.Equal(ScriptVerdict.Serve, await _passed.JudgeAsync(_site, Answer("text/javascript", coding), Encode("", coding)));

    [Fact]
    public async Task Judge_ForeignBlobBehindAnAllowedOne_TeachesNothing()
    {
        var key = Convert.ToBase64String(OpaquePath.Key);

        await JudgeAsync($"{{\"blob\":{{\"5\":\"G-MAIN1\",\"58\":\"{key}\"}}}};{{\"blob\":{{\"5\":\"G-FOREIGN3\"}}}}");

        Assert.False(_knowledge.Of(_site).TryDecode(OpaquePath.Encode("?id=G-A1"), out _));
    }

    private Task<ScriptVerdict> JudgeAsync(string script) => _passed.JudgeAsync(_site, Answer("text/javascript"), Encoding.UTF8.GetBytes(script));

    private static HttpResponseMessage Answer(string? type, string? coding = null)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
        _ = type is not null && answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        _ = coding is not null && answer.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        return answer;
    }

    private static byte[] Encode(string text, string coding)
    {
        var target = new MemoryStream();
        using (Stream encoder = coding.ToLowerInvariant() switch
        {
            "br" => new BrotliStream(target, CompressionLevel.Optimal),
            "gzip" or "x-gzip" => new GZipStream(target, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(target, CompressionLevel.Optimal),
            _ => target,
        })
        {
            encoder.Write(Encoding.UTF8.GetBytes(text));
        }

        return target.ToArray();
    }

    /// <summary>As much as a browser could make of it.</summary>
    private static string Decode(byte[] body, string coding)
    {
        using var source = new MemoryStream(body);
        using Stream decoder = coding switch
        {
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            _ => new ZLibStream(source, CompressionMode.Decompress),
        };
        var text = new StringBuilder();
        try
        {
            for (int c; (c = decoder.ReadByte()) >= 0;)
            {
                text.Append((char)c);
            }
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            // As far as it goes.
        }

        return text.ToString();
    }
}
