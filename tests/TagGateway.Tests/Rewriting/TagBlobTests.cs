using System.Text;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

public sealed class TagBlobTests
{
    private const string KeyText = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";

    /// <summary>The shape of a real script, all of it invented.</summary>
    private const string Script = """
        (function(){
        var data = {"resource":{"version":"1","macros":[{"function":"__e"}],"tags":[{"function":"__gct","vtp_trackingId":"G-CHILD1","5":"G-NOT1"}],
        "blob_like":{"5":"G-NOT2"}},"runtime":[[50,"__f",[46,"a"],[36,[52,"blob",{"5":"G-NOT3"}]]]],"entities":{"__f":{"2":true,"5":true}},
        "blob":{"1":"1","10":"G-ABC123|GT-DEF456","14":"65j1","18":"/f807/","19":"dataLayer","20":"","21":"www.googletagmanager.com","22":"eyIwIjoiVVMifQ==","23":"google.tagmanager.debugui2.queue","32":true,"34":"G-ABC123","36":"https://adservice.google.com/pagead/regclk","44":"101509157~103116026","45":true,"46":{"1":"1000","10":"65j0","11":"65j0","5":"G-NOT4","58":[1,2]},"47":true,"5":"G-ABC123","54":2,"56":[{"1":403,"3":0.5,"5":"G-NOT5"}],"58":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=","59":["G-ABC123"],"6":"12345"}
        ,"permissions":{"__f":{"access_globals":"any"}},"security_groups":{"google":["__f"]}};
        var k=/blob"\s*:\s*\{/;var m=a.b("\u0022blob\u0022:{");
        })();
        """;

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void ReadAll_ScriptOfGooglesShape_KnowsIdAliasesAndKey()
    {
        var blob = Assert.Single(Read(Script));

        Assert.Equal("G-ABC123", blob.Id);
        Assert.Equal(["G-ABC123", "GT-DEF456"], blob.Aliases);
        Assert.Equal(Key, blob.PathKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"blob\"")]
    [InlineData("\"blob\":")]
    [InlineData("\"blob\":{")]
    [InlineData("\"blob\":{}")]
    [InlineData("\"blob\":{\"1\":\"1\"}")]
    [InlineData("\"blob\":[\"5\",\"G-A1\"]")]
    [InlineData("\"blob\":[{\"5\":\"G-A1\"}]")]
    [InlineData("\"blob\":\"5\"")]
    [InlineData("\"blob\":null")]
    [InlineData("\"blob\",{\"5\":\"G-A1\"}")]
    [InlineData("\"blob\"={\"5\":\"G-A1\"}")]
    [InlineData("\"blobs\":{\"5\":\"G-A1\"}")]
    [InlineData("\"ablob\":{\"5\":\"G-A1\"}")]
    [InlineData("\"Blob\":{\"5\":\"G-A1\"}")]
    [InlineData("\"blob\":{\"46\":{\"5\":\"G-A1\"}}")]
    [InlineData("\"blob\":{\"5\":7,\"34\":true,\"10\":null,\"58\":false}")]
    [InlineData("\"blob\":{\"5\":{\"5\":\"G-A1\"},\"10\":[\"G-A1\"]}")]
    [InlineData("\"blob\":{5:\"G-A1\"}")]
    public void ReadAll_NothingThatNamesATag_IsEmpty(string script) => Assert.Empty(Read(script));

    [Theory]
    [InlineData("\"blob\":{\"5\":\"G-A1\"}", "G-A1")]
    [InlineData("\"blob\" :\t\r\n {\n\t\"5\" : \"G-A1\"\n}", "G-A1")]
    [InlineData("\"blob\":{\"34\":\"G-A1\"}", "G-A1")]
    [InlineData("\"blob\":{\"34\":\"G-B1\",\"5\":\"G-A1\"}", "G-A1")]
    [InlineData("\"blob\":{\"5\":\"G-A1\",\"34\":\"G-B1\"}", "G-A1")]
    [InlineData("\"blob\":{\"5\":\"G-A1\",\"5\":\"G-B1\"}", "G-B1")]
    [InlineData("\"blob\":{\"\\u0035\":\"G-A1\"}", "G-A1")]
    [InlineData("\"blob\":{\"5\":\"\\u0047-A1\"}", "G-A1")]
    [InlineData("\"blob\":{\"1\":{\"a\":[{\"b\":[]},{}]},\"2\":[],\"5\":\"G-A1\"}", "G-A1")]
    [InlineData("\"blob\":{\"5\":\"G-A1\",\"6\":!0}", "G-A1")]
    [InlineData("\"blob\":{\"5\":\"G-A1\",\"6\":1,}", "G-A1")]
    [InlineData("\"blob\":{\"5\":\"G-A1\" // comment\n}", "G-A1")]
    [InlineData("\"blob\"\"blob\":{\"5\":\"G-A1\"}", "G-A1")]
    public void ReadAll_OwnId_IsKeyFiveElseThirtyFour(string script, string expected) => Assert.Equal(expected, Assert.Single(Read(script)).Id);

    [Fact]
    public void ReadAll_AliasesAlone_AreABlobWithoutId()
    {
        var blob = Assert.Single(Read("\"blob\":{\"10\":\"G-A1||GT-B2|\"}"));

        Assert.Null(blob.Id);
        Assert.Equal(["G-A1", "GT-B2"], blob.Aliases);
        Assert.Null(blob.PathKey);
    }

    [Fact]
    public void ReadAll_KeyAlone_IsABlobWithoutId()
    {
        var blob = Assert.Single(Read($"\"blob\":{{\"58\":\"{KeyText}\"}}"));

        Assert.Null(blob.Id);
        Assert.Empty(blob.Aliases);
        Assert.Equal(Key, blob.PathKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQID")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA")]
    [InlineData("!!!!")]
    [InlineData("\\u00e4")]
    public void ReadAll_KeyOfAnotherLengthOrAlphabet_IsNone(string key)
    {
        var blob = Assert.Single(Read($"\"blob\":{{\"5\":\"G-A1\",\"58\":\"{key}\"}}"));

        Assert.Equal("G-A1", blob.Id);
        Assert.Null(blob.PathKey);
    }

    [Fact]
    public void ReadAll_SeveralBlobs_AllCount()
    {
        var blobs = Read("""x={"blob":{"5":"G-A1"}};"blob";y={"blob":{"1":"1"}};z={"blob":{"34":"GTM-B2","46":{"blob":{"5":"G-C3"}}}};"blob":{""");

        Assert.Equal(["G-A1", "GTM-B2", "G-C3"], blobs.Select(blob => blob.Id));
    }

    [Fact]
    public void ReadAll_BlobInsideAnOuterString_CountsToo()
    {
        var blobs = Read("""a("{\"blob\":{\"5\":\"G-A1\"}}");b='"blob":{"5":"G-B2"}'""");

        Assert.Equal(["G-B2"], blobs.Select(blob => blob.Id));
    }

    [Fact]
    public void ReadAll_CutAtEveryByte_KnowsWhatStandsWhole()
    {
        var script = Encoding.UTF8.GetBytes(Script);
        var idIsWhole = Script.IndexOf("\"34\":\"G-ABC123\"", StringComparison.Ordinal) + "\"34\":\"G-ABC123\"".Length;
        var keyIsWhole = Script.IndexOf(KeyText, StringComparison.Ordinal) + KeyText.Length + 1;

        for (var length = 0; length <= script.Length; length++)
        {
            var blobs = TagBlob.ReadAll(script.AsSpan(0, length));

            var blob = blobs.Count == 0 ? null : Assert.Single(blobs);
            Assert.Equal(length >= idIsWhole ? "G-ABC123" : null, blob?.Id);
            Assert.Equal(length >= keyIsWhole, blob?.PathKey is not null);
        }
    }

    [Fact]
    public void ReadAll_AnyByteSpoilt_DoesNotThrow()
    {
        foreach (var spoilt in (byte[])[0x00, 0xff, 0xc3, (byte)'"', (byte)'\\', (byte)'{'])
        {
            var script = Encoding.UTF8.GetBytes(Script);
            for (var i = 0; i < script.Length; i++)
            {
                var whole = script[i];
                script[i] = spoilt;

                Assert.NotNull(TagBlob.ReadAll(script));

                script[i] = whole;
            }
        }
    }

    [Theory]
    [InlineData("\"blob\":{\"5\":\"G-A1\",\"6\":\"\u00ff\",\"10\":\"G-B2\"}")]
    [InlineData("\"blob\":{\"5\":\"G-A1\",\"\u00ff\":\"1\",\"10\":\"G-B2\"}")]
    [InlineData("\"blob\":{\"5\":\"G-A1\",\"6\":\"\\ud800\",\"10\":\"G-B2\"}")]
    public void ReadAll_InvalidUtf8_CountsWhatStandsBefore(string latin1)
    {
        var blob = Assert.Single(TagBlob.ReadAll(Encoding.Latin1.GetBytes(latin1)));

        Assert.Equal("G-A1", blob.Id);
        Assert.Empty(blob.Aliases);
    }

    [Fact]
    public void ReadAll_NestedDeeperThanJsonGoes_DoesNotThrow()
    {
        var blob = Assert.Single(Read("\"blob\":{\"5\":\"G-A1\",\"6\":" + new string('[', 5000)));

        Assert.Equal("G-A1", blob.Id);
    }

    [Fact]
    public void ToString_Blob_NamesIdsAndNoKey() => Assert.DoesNotContain("AQID", Assert.Single(Read(Script)).ToString());

    private static IReadOnlyList<TagBlob> Read(string script) => TagBlob.ReadAll(Encoding.UTF8.GetBytes(script));
}
