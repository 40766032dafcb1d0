using System.Net;
using System.Runtime.CompilerServices;
using TagGateway.Receiving;
using TagGateway.Tests.Caching;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Receiving;

/// <remarks>Alone: it looks for its own memory among all that the process has mapped.</remarks>
[Collection(Alone.Name)]
public sealed class GeoFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("203.0.113.9", "US-CA")]
    [InlineData("203.0.113.129", "US-NY")]
    [InlineData("198.51.100.255", "DE-BE")]
    [InlineData("192.0.2.1", "FR")]
    [InlineData("192.0.2.65", "GB-ENG")]
    [InlineData("2001:db8:1::1", "AT-9")]
    [InlineData("2001:db8:2:ffff:ffff:ffff:ffff:ffff", "CH")]
    public void Find_AddressInTheDatabase_IsSpelledAsTheContractWants(string address, string region) => Assert.Equal(region, Find(World(), address));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.0.1")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::")]
    [InlineData("255.255.255.255")]
    [InlineData("2001:db8:3::1")]
    public void Find_AddressThatIsNowhere_IsUnknown(string address) => Assert.Equal("", Find(World(), address));

    [Theory]
    [InlineData(24)]
    [InlineData(28)]
    [InlineData(32)]
    public void Find_AnyRecordSize_IsFound(int recordBits) =>
        Assert.Equal(("DE-BE", "AT-9"), (Find(World(recordBits), "198.51.100.1"), Find(World(recordBits), "2001:db8:1::1")));

    [Fact]
    public void Find_DatabaseOfIPv4Alone_KnowsNoIPv6()
    {
        var writer = new MmdbWriter(ipVersion: 4).Add("32.0.0.0/3", MmdbWriter.Place("US", "CA"));

        Assert.Equal("US-CA", Find(writer, "32.1.13.184"));
        Assert.Equal("", Find(writer, "2001:db8::1")); // begins with the same bits
    }

    [Fact]
    public void Find_DatabaseOfCountries_IsTheCountry() =>
        Assert.Equal("US", Find(new MmdbWriter("GeoLite2-Country").Add("203.0.113.0/24", MmdbWriter.Place("US")), "203.0.113.9"));

    [Theory]
    [InlineData("us", "ca", "US-CA")]
    [InlineData("US", "", "US")]
    [InlineData("US", "California", "US")]
    [InlineData("GB", "H9", "GB")]
    [InlineData("US", "06", "US")]
    [InlineData("AT", "9", "AT-9")]
    [InlineData("FR", "2A", "FR-2A")]
    [InlineData("JP", "13", "JP-13")]
    [InlineData("NP", "P3", "NP-P3")]
    [InlineData("ZZ", "CA", "")]
    [InlineData("Germany", "BE", "")]
    public void Find_SpellingsOfDatabases_IsISOOrLess(string country, string subdivision, string region) =>
        Assert.Equal(region, Find(World().Add("8.8.8.0/24", MmdbWriter.Place(country, subdivision)), "8.8.8.8"));

    [Fact]
    public void Find_SeveralSubdivisions_IsTheFirst() =>
        Assert.Equal("GB-ENG", Find(World().Add("8.8.8.0/24", MmdbWriter.Place("GB", ["ENG", "LND"])), "8.8.8.8"));

    [Fact]
    public void Find_SubdivisionWithoutACode_IsTheCountry()
    {
        var record = MmdbWriter.Place("US");
        record["subdivisions"] = new object[] { new Dictionary<string, object> { ["names"] = new Dictionary<string, object> { ["en"] = "CA" } } };

        Assert.Equal("US", Find(World().Add("8.8.8.0/24", record), "8.8.8.8"));
    }

    [Fact]
    public void Find_RegisteredAndRepresentedCountryOnly_IsUnknown() => Assert.Equal("", Find(World().Add("8.8.8.0/24", MmdbWriter.Place(country: null)), "8.8.8.8"));

    [Fact]
    public void Find_RecordThatCannotBeRead_IsUnknownAndNoted()
    {
        var file = Read(World().Add("223.8.8.0/24", new Dictionary<string, object> { ["country"] = "United States" }));

        Assert.False(file.IsDamaged);
        Assert.Equal("", Find(file, "223.8.8.8"));
        Assert.True(file.IsDamaged);
        Assert.Equal("US-CA", Find(file, "203.0.113.9"));
    }

    [Fact]
    public void Find_TheSameVisitorAgain_CostsNoMemory()
    {
        var (file, address) = (Read(World()), IPAddress.Parse("203.0.113.9"));
        file.Find(address);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            file.Find(address);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Find_MoreVisitorsThanAreRemembered_EachIsFound()
    {
        var file = Read(World());

        for (var i = 0; i < 20_000; i++)
        {
            var region = (i % 3) switch { 0 => "US-CA", 1 => "DE-BE", _ => "" };
            var network = (i % 3) switch { 0 => "2001:db8:4", 1 => "2001:db8:5", _ => "2001:db8:6" };
            Assert.Equal(region, Find(file, $"{network}::{i:x}"));
        }
    }

    [Fact]
    public void Read_GoodFile_TellsWhatItIs()
    {
        var file = Read(new MmdbWriter("DBIP-City-Lite").Add("203.0.113.0/24", MmdbWriter.Place("US")));

        Assert.Equal(("DBIP-City-Lite", 2026), (file.Kind, file.Built.Year));
    }

    [Fact]
    public void Read_FileWrittenOverLater_GoesOnFromMemory()
    {
        var path = Write(World().ToBytes());
        var file = GeoFile.Read(path, SomeFiles.In()).File!;
        File.WriteAllBytes(path, new byte[10]);
        File.Delete(path);

        Assert.Equal("US-CA", Find(file, "203.0.113.9"));
        Assert.False(file.IsDamaged);
    }

    [Fact]
    public void Read_NobodyHoldsItAnyMore_GivesItsMemoryBack()
    {
        var content = World().Add("223.8.8.0/24", new string(' ', 5_000_000)).ToBytes();
        var path = Write(content);

        // The array here may lie alone in a stretch of the heap of the very same length.
        var before = Mappings(content.Length);
        var whileHeld = WhileHeld(path, () => Mappings(content.Length)) - before;
        var afterwards = AfterCollections(() => Mappings(content.Length) - before, mappings => mappings <= 0);

        Assert.Equal(1, whileHeld);
        Assert.InRange(afterwards, -before, 0);
        GC.KeepAlive(content);
    }

    public static TheoryData<string, byte[], string> BadFiles => new()
    {
        { "empty", [], "is empty" },
        { "text", "not a database"u8.ToArray(), "is no MaxMind-format database, or is cut short" },
        { "zeros", new byte[100_000], "is no MaxMind-format database, or is cut short" },
        { "cut short", World().ToBytes()[..^400], "is no MaxMind-format database, or is cut short" },
        { "cut in the metadata", World().ToBytes()[..^5], "is not a whole MaxMind-format database" },
        { "its head lost", [.. new byte[500], .. World().ToBytes()[500..]], "is not a whole MaxMind-format database" },
        { "another kind", Asn(), "holds no countries: it is a database of another kind (GeoLite2-ASN)" },
        { "nothing in it", new MmdbWriter().ToBytes(), "holds no countries" },
        { "another form", new MmdbWriter("ipinfo").Add("8.8.8.0/24", new Dictionary<string, object> { ["country"] = "US" }).ToBytes(), "is not a whole MaxMind-format database with countries" },
        { "a later format", Later(), "is of version 3 of the MaxMind format" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Read_BadFile_IsAProblemInWords(string what, byte[] content, string problem)
    {
        var reading = GeoFile.Read(Write(content), SomeFiles.In());

        Assert.True(reading is { File: null, IsSeen: true }, what);
        Assert.StartsWith(problem, reading.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileCutShort_GivesItsMemoryBack()
    {
        var content = new byte[7_000_000];

        Assert.NotNull(GeoFile.Read(Write(content), SomeFiles.In()).Problem);
        Assert.Equal(0, Mappings(content.Length));
    }

    [Fact]
    public void Read_FileThatCannotBeOpened_IsAProblemInWords()
    {
        Assert.Equal(new GeoReading(null, "there is no such file", IsSeen: false), GeoFile.Read(_folder.At("none.mmdb"), SomeFiles.In()));
        Assert.Equal(new GeoReading(null, "is a directory, not a file", IsSeen: false), GeoFile.Read(_folder.Path, SomeFiles.In()));
    }

    [Theory]
    [InlineData(0x20)]
    [InlineData(0xFF)]
    public void ReadAndFind_AnyByteWrong_EndWithARegionOrNone(byte wrong)
    {
        var content = World().ToBytes();
        var addresses = World(out var networks).ToBytes().Length > 0 ? networks.Select(network => network.Split('/')[0]).ToList() : [];
        for (var i = 0; i < content.Length; i++)
        {
            var right = content[i];
            content[i] = wrong;
            var file = GeoFile.Read(Write(content), SomeFiles.In()).File;
            content[i] = right;

            Assert.All(addresses, address => Assert.InRange(file is null ? 0 : Find(file, address).Length, 0, 6));
        }
    }

    private static MmdbWriter World(int recordBits = 28) => World(out _, recordBits);

    private static MmdbWriter World(out string[] networks, int recordBits = 28)
    {
        (string Network, string Country, string? Subdivision)[] world =
        [
            ("203.0.113.0/25", "US", "CA"),
            ("203.0.113.128/25", "US", "NY"),
            ("198.51.100.0/24", "DE", "BE"),
            ("192.0.2.0/24", "FR", null),
            ("192.0.2.64/26", "GB", "ENG"),
            ("2001:db8:1::/48", "AT", "9"),
            ("2001:db8:2::/48", "CH", null),
            ("2001:db8:4::/48", "US", "CA"),
            ("2001:db8:5::/48", "DE", "BE"),
        ];
        networks = [.. world.Select(place => place.Network)];
        return world.Aggregate(new MmdbWriter(recordBits: recordBits), (writer, place) => writer.Add(place.Network, MmdbWriter.Place(place.Country, place.Subdivision)));
    }

    private static byte[] Asn() => new MmdbWriter("GeoLite2-ASN")
        .Add("8.8.8.0/24", new Dictionary<string, object> { ["autonomous_system_number"] = 15169u, ["autonomous_system_organization"] = "GOOGLE" })
        .ToBytes();

    private static byte[] Later()
    {
        var content = World().ToBytes();
        var version = content.AsSpan().LastIndexOf("binary_format_major_version"u8) + "binary_format_major_version".Length + 1;
        Assert.Equal(2, content[version]);
        content[version] = 3;
        return content;
    }

    /// <summary>Blocks of this process's memory that are as large as the file.</summary>
    private static int Mappings(int length)
    {
        var pages = (length + Environment.SystemPageSize - 1) / Environment.SystemPageSize * (long)Environment.SystemPageSize;
        return File.ReadLines("/proc/self/maps").Select(line => line.Split(' ')[0].Split('-')).Count(range => Convert.ToInt64(range[1], 16) - Convert.ToInt64(range[0], 16) == pages);
    }

    /// <summary>A method of its own, for debug builds keep what a method's variables held until its end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T WhileHeld<T>(string path, Func<T> look)
    {
        var file = GeoFile.Read(path, SomeFiles.In()).File;
        var seen = look();
        GC.KeepAlive(file);
        return seen;
    }

    private static T AfterCollections<T>(Func<T> look, Func<T, bool> isExpected)
    {
        for (var i = 0; i < 20 && !isExpected(look()); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return look();
    }

    private string Write(byte[] content)
    {
        var path = _folder.At("geo.mmdb");
        File.WriteAllBytes(path, content);
        return path;
    }

    private static string Find(GeoFile file, string address) => file.Find(IPAddress.Parse(address)).ToString();

    private string Find(MmdbWriter writer, string address) => Find(Read(writer), address);

    private GeoFile Read(MmdbWriter writer)
    {
        var reading = GeoFile.Read(Write(writer.ToBytes()), SomeFiles.In());
        Assert.Null(reading.Problem);
        return reading.File!;
    }
}
