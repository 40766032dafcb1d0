using System.Text;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

public sealed class NamedTagsReaderTests
{
    [Theory]
    [InlineData("{\"vtp_tagId\":\"G-ABC123\"}", "G-ABC123")]
    [InlineData("{\"vtp_measurementIdOverride\":\"G-ABC123\"}", "G-ABC123")]
    [InlineData("{\"vtp_instanceDestinationId\":\"AW-123\"}", "AW-123")]
    [InlineData("{\"vtp_conversionId\":\"123\"}", "AW-123")]
    [InlineData("{\"vtp_conversionId\":\"AW-123\"}", "AW-123")]
    [InlineData("{\"vtp_advertiserId\":\"4000001\"}", "DC-4000001")]
    [InlineData("{\"vtp_a\":\"GTM-X\",\"vtp_b\":\"GT-Y\",\"vtp_c\":\"DC-1\",\"vtp_d\":\"MC-2\",\"vtp_e\":\"UA-1\",\"vtp_f\":\"HA-3\"}", "GTM-X GT-Y DC-1 MC-2 UA-1 HA-3")]
    [InlineData("{\"vtp_a\":\"G-ABC123\",\"vtp_b\":\"G-ABC123\"}", "G-ABC123")]
    [InlineData("x\"vtp_\"vtp_tagId\":\"G-A\"", "G-A")]
    [InlineData("\"vtp_a\":\"UA-1-2\"", "UA-1-2")]
    [InlineData("\"vtp_map\":[\"list\",[\"map\",\"key\",\"www.shop.example\",\"value\",\"G-SHOP1\"],[\"map\",\"key\",\"localhost\",\"value\",\"G-TEST2\"]]", "G-SHOP1 G-TEST2")]
    [InlineData("\"vtp_childContainers\":[\"list\",[\"map\",\"publicId\",\"GTM-CHILD\",\"nickname\",\"x\"]]", "GTM-CHILD")]
    public void Read_PropertyOfAContainer_IsItsTag(string script, string expected) => Assert.Equal(expected.Split(' '), Read(script));

    [Theory]
    [InlineData("")]
    [InlineData("\"vtp_")]
    [InlineData("\"vtp_tagId")]
    [InlineData("\"vtp_tagId\"")]
    [InlineData("\"vtp_tagId\":")]
    [InlineData("\"vtp_tagId\":\"")]
    [InlineData("\"vtp_tagId\":\"G-ABC")]
    [InlineData("\"vtp_tagId\":\"G-\"")]
    [InlineData("\"vtp_tagId\":\"-ABC\"")]
    [InlineData("\"vtp_tagId\":\"\"")]
    [InlineData("\"vtp_tagId\":[\"G-ABC\"]")]
    [InlineData("\"vtp_tagId\":\"g-abc\"")]
    [InlineData("\"vtp_tagId\":\"G-A\\u0042\"")]
    [InlineData("\"vtp_tagId\":\"G-ABC<\"")]
    [InlineData("\"vtp_text\":\"HELLO-WORLD\"")]
    [InlineData("\"vtp_text\":\"COVID-19\"")]
    [InlineData("\"vtp_price\":\"123\"")]
    [InlineData("[\"map\",\"key\",\"x\",\"value\",\"123\"]")]
    [InlineData("[\"map\",\"key\",\"x\",\"value\",\"g-x\"]")]
    [InlineData("[\"map\",\"key\",\"x\",\"value\",\"")]
    [InlineData("\"vtp_conversionId\":\"12a\"")]
    [InlineData("\"tagId\":\"G-ABC123\"")]
    [InlineData("vtp_tagId:\"G-ABC123\"")]
    [InlineData("\"vtp_a b\":\"G-ABC123\"")]
    public void Read_AnythingElse_NamesNone(string script) => Assert.Empty(Read(script));

    [Theory]
    [InlineData(48, 4, false)]
    [InlineData(47, 4, true)]
    [InlineData(3, 32, true)]
    [InlineData(3, 33, false)]
    public void Read_LongNamesAndValues_AreNone(int nameLength, int valueLength, bool expected) =>
        Assert.Equal(expected, Read($"\"vtp_{new string('n', nameLength)}\":\"G-{new string('A', valueLength - 2)}\"").Count > 0);

    [Fact]
    public void Read_MoreThanAnyContainerHas_AreNotAllKept() =>
        Assert.Equal(256, Read(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"\"vtp_a\":\"G-A{i}\","))).Count);

    [Fact]
    public void Read_CutAtEveryByte_NeverThrows()
    {
        var script = Encoding.UTF8.GetBytes("{\"vtp_tagId\":\"G-ABC123\",\"vtp_conversionId\":\"99\"}");

        for (var length = 0; length <= script.Length; length++)
        {
            Assert.InRange(NamedTagsReader.Read(script.AsSpan(0, length)).Count, 0, 2);
        }
    }

    [Fact]
    public void ScriptFacts_Script_AreItsBlobAndItsTags()
    {
        var facts = ScriptFacts.Read(Encoding.UTF8.GetBytes("{\"blob\":{\"5\":\"GTM-MAIN1\",\"10\":\"GTM-MAIN1|GT-A1\"},\"vtp_tagId\":\"G-CHILD1\"}"));

        Assert.Equal(["GTM-MAIN1"], facts.Blobs.Select(blob => blob.Id));
        Assert.Equal(["G-CHILD1"], facts.NamedTags);
    }

    private static IReadOnlyList<string> Read(string script) => NamedTagsReader.Read(Encoding.UTF8.GetBytes(script));
}
