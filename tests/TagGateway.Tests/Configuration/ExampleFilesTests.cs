using TagGateway.Configuration;
using TagGateway.Tests.Receiving;

namespace TagGateway.Tests.Configuration;

/// <summary>Every example in <c>config/</c> is one that works.</summary>
public sealed class ExampleFilesTests
{
    private static readonly string Folder = Path.Combine(TempFolder.Repository, "config");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal)).Order()];

    [Fact]
    public void Files_TheFolder_HoldsAnExampleForEveryWayOfUse()
    {
        Assert.Subset(Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).ToHashSet(), new HashSet<string> { "edge.json", "sidecar.json", "many-sites.json", "cluster.json", "full-coverage.json", "tls.json", "pages.json" });
        Assert.False(File.Exists(Path.Combine(Folder, "taggateway.json")), "that name would be loaded unasked");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_Example_IsFineWithoutAWarning(string file)
    {
        using var working = new TempFolder();
        Directory.CreateDirectory(working.At("certs"));
        SomeCertificate.Create("www.shop.example").Write(working.At("certs/tls.crt"), working.At("certs/tls.key"));
        var loaded = ConfigurationLoader.Load(new ConfigurationInput(new ConfigurationFlags { Config = Path.Combine(Folder, file) }, new Dictionary<string, string>(), working.Path));

        Assert.Empty(loaded.Errors);
        Assert.Empty(loaded.Warnings);
        Assert.Equal("./taggateway.schema.json", loaded.Options.Schema);
    }
}
