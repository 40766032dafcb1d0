using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class EntryKeyTests
{
    private static readonly string[] Parts = ["shop", "G-MAIN1", "US-CA", "/f807/", "?id=G-MAIN1"];

    [Fact]
    public void Of_SameParts_IsTheSame() => Assert.Equal(Of(Parts), Of([.. Parts.Select(part => new string(part))]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Of_OnePartDiffers_IsAnother(int part)
    {
        foreach (var other in new[] { "", Parts[part] + "x", Parts[part].ToLowerInvariant() + "X", Parts[part][1..] })
        {
            string[] changed = [.. Parts];
            changed[part] = other;

            Assert.NotEqual(Of(Parts), Of(changed));
        }
    }

    /// <summary>What moves from one part to the next is another key.</summary>
    [Theory]
    [InlineData("shop", "G-A", "", "/f807/", "", "shop", "G-A", "/f807", "/", "")]
    [InlineData("a", "G-A", "US", "/f/", "", "a", "G-AU", "S", "/f/", "")]
    public void Of_PartsThatJoinToTheSameText_AreApart(
        string site, string tag, string region, string path, string query, string site2, string tag2, string region2, string path2, string query2) =>
        Assert.NotEqual(EntryKey.Of(site, tag, region, path, query), EntryKey.Of(site2, tag2, region2, path2, query2));

    [Fact]
    public void Part_OfAKey_IsNoOtherKeyAndNotTheKey()
    {
        var key = Of(Parts);

        Assert.NotEqual(key, key.Part("br"));
        Assert.NotEqual(key.Part("gzip"), key.Part("br"));
        Assert.NotEqual(Of([.. Parts[..4], Parts[4] + "br"]), key.Part("br"));
    }

    /// <summary>A query may be as long as a request line; the key may not.</summary>
    [Fact]
    public void Of_LongQueries_AreShortAndApart()
    {
        var query = "?id=G-MAIN1&x=" + new string('x', 30_000);
        var keys = new[] { query, query + "y", query[..^1], "?" + query }.Select(other => Of([.. Parts[..4], other])).ToList();

        Assert.Equal(keys[0], Of([.. Parts[..4], new string(query)]));
        Assert.Equal(4, keys.Distinct().Count());
        Assert.All(keys, key => Assert.InRange(key.Bytes, 1, 500));
    }

    [Fact]
    public void FromText_OfItsText_IsTheKey() => Assert.Equal(Of(Parts), EntryKey.FromText(Of(Parts).ToString()));

    [Fact]
    public void ToString_Default_IsEmpty() => Assert.Equal("", default(EntryKey).ToString());

    private static EntryKey Of(string[] parts) => EntryKey.Of(parts[0], parts[1], parts[2], parts[3], parts[4]);
}
