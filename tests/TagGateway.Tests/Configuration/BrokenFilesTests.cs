using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

/// <summary>Whole files with several mistakes each: all are named at once, in lines that the file itself foretells with <c>//!</c>.</summary>
public sealed class BrokenFilesTests
{
    private static readonly string Folder = Path.Combine(TempFolder.Repository, "tests/TagGateway.Tests/Configuration/Broken");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order()];

    [Fact]
    public void Files_TheFolder_HoldsAtLeastTen() => Assert.InRange(Files.Count, 10, 100);

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_BrokenFile_NamesEveryMistake(string file)
    {
        var path = Path.Combine(Folder, file);
        var expected = File.ReadLines(path).Select(line => line.Trim()).Where(line => line.StartsWith("//! ", StringComparison.Ordinal)).Select(line => line[4..]).ToList();
        Assert.True(expected.Count > 1, "a broken file foretells several errors");

        var loaded = ConfigurationLoader.Load(new ConfigurationInput(new ConfigurationFlags { Config = path }, new Dictionary<string, string>(), Folder));

        Assert.Equal(expected, loaded.Errors.Select(error => error.ToString()));
    }
}
