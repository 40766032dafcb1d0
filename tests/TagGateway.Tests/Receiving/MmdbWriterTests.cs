using System.Net;
using MaxMind.Db;

namespace TagGateway.Tests.Receiving;

/// <summary>The tests' own writer against the reader that everybody uses.</summary>
public sealed class MmdbWriterTests
{
    private const int Networks = 300;

    [Theory]
    [InlineData(24, 4)]
    [InlineData(24, 6)]
    [InlineData(28, 4)]
    [InlineData(28, 6)]
    [InlineData(32, 4)]
    [InlineData(32, 6)]
    public void ToBytes_ManyNetworks_AreFoundByTheReader(int recordBits, int ipVersion)
    {
        var random = new Random(recordBits + ipVersion);
        var networks = Enumerable.Range(0, Networks).Select(_ => Network(random, ipVersion)).Distinct().ToList();
        var writer = new MmdbWriter("Test", recordBits, ipVersion);
        foreach (var network in networks)
        {
            writer.Add(network.ToString(), new Dictionary<string, object> { ["network"] = network.ToString() });
        }

        using var reader = Open(writer);

        foreach (var address in networks.Select(network => network.BaseAddress))
        {
            var smallest = networks.Where(network => network.Contains(address)).MaxBy(network => network.PrefixLength);
            Assert.Equal(smallest.ToString(), reader.Find<Dictionary<string, object>>(address)?["network"]);
        }

        Assert.Equal(("Test", ipVersion), (reader.Metadata.DatabaseType, reader.Metadata.IPVersion));
        Assert.Null(reader.Find<Dictionary<string, object>>(IPAddress.Parse("240.0.0.1")));
    }

    [Fact]
    public void ToBytes_EveryType_IsReadBackAsItWas()
    {
        var record = new Dictionary<string, object>
        {
            ["short"] = "é",
            ["longer"] = new string('a', 100),
            ["long"] = new string('b', 1000),
            ["longest"] = new string('c', 70_000),
            ["again"] = new string('c', 70_000),
            ["flag"] = true,
            ["no"] = false,
            ["number"] = 1234u,
            ["zero"] = 0u,
            ["negative"] = -5,
            ["double"] = -0.1,
            ["many"] = Enumerable.Range(0, 400).Select(i => (object)$"{i}").ToArray(),
            ["map"] = new Dictionary<string, object> { ["inner"] = new object[] { "é", 7u } },
        };

        using var reader = Open(new MmdbWriter().Add("192.0.2.0/24", record));

        var read = reader.Find<Dictionary<string, object>>(IPAddress.Parse("192.0.2.1"))!;
        Assert.Equal(record.Keys, read.Keys);
        Assert.Equal(("é", record["longer"], record["long"], record["longest"], record["again"]), (read["short"], read["longer"], read["long"], read["longest"], read["again"]));
        Assert.Equal((true, false, 1234L, 0L, -5, -0.1), (read["flag"], read["no"], read["number"], read["zero"], read["negative"], read["double"]));
        Assert.Equal((object[])record["many"], (IEnumerable<object>)read["many"]);
        Assert.Equal(["é", 7L], (IEnumerable<object>)((Dictionary<string, object>)read["map"])["inner"]);
    }

    private static Reader Open(MmdbWriter writer) => new(new MemoryStream(writer.ToBytes()));

    /// <summary>Below <c>10.0.0.0/8</c> or <c>2001:d00::/24</c>, so that they nest.</summary>
    private static IPNetwork Network(Random random, int ipVersion)
    {
        var bytes = new byte[ipVersion == 6 && random.Next(2) == 0 ? 16 : 4];
        random.NextBytes(bytes);
        (bytes[0], bytes[1]) = bytes.Length == 4 ? ((byte)10, (byte)random.Next(3)) : ((byte)0x20, (byte)1);
        var length = random.Next(bytes.Length == 4 ? 9 : 24, (bytes.Length * 8) + 1);
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }
}
