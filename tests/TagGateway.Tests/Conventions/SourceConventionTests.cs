using System.Text.RegularExpressions;

namespace TagGateway.Tests.Conventions;

public sealed partial class SourceConventionTests
{
    private const int MaxSourceLines = 300;
    private const int MaxTestLines = 400;
    private static readonly string[] Text = [".cs", ".js", ".html", ".css", ".md", ".json", ".yml", ".yaml", ".sh", ".props", ".csproj", ".txt", ".conf", ""];

    private static IEnumerable<string> Sources => Repository.Files("src", "*.cs");

    private static IEnumerable<string> Tests => Repository.Files("tests", "*.cs");

    private static IEnumerable<string> TextFiles => Repository.Files("").Where(file => Text.Contains(Path.GetExtension(file)));

    [Theory]
    [InlineData("src", MaxSourceLines)]
    [InlineData("tests", MaxTestLines)]
    public void Files_All_AreShortEnoughToRead(string folder, int most) =>
        Offenders.AssertNone(Repository.Files(folder, "*.cs").Where(file => Repository.Read(file).Count(c => c == '\n') > most));

    [Fact]
    public void Clock_AllFiles_IsATimeProvider() => Offenders.AssertNone(Repository.Find(Sources.Concat(Tests), SystemClock()));

    [Fact]
    public void Sleep_ProductAndTests_IsNotUsed()
    {
        var files = Sources.Where(file => !file.StartsWith("src/TagGateway.Demo/", StringComparison.Ordinal)).Concat(Tests);

        Offenders.AssertNone(Repository.Find(files, Sleep()));
    }

    [Fact]
    public void Sleep_FaultsOfTheDemo_TakeTheirTimeProvider()
    {
        var sleeps = Repository.Find(Repository.Files("src/TagGateway.Demo", "*.cs"), Sleep());

        Assert.All(sleeps, line => Assert.Matches(@"Google/FaultyAnswer\.cs:\d+: await Task\.Delay\(.+, time, cancellationToken\);", line));
    }

    [Fact]
    public void Tests_All_AreRun() => Offenders.AssertNone(Repository.Find(Tests, SkippedTest()));

    [Fact]
    public void State_BetweenSteps_IsAFeature() => Offenders.AssertNone(Repository.Find(Sources, ContextItems()));

    [Fact]
    public void Waiting_AllSources_IsAwaited() => Offenders.AssertNone(Repository.Find(Sources, Blocking()));

    [Fact]
    public void Regions_AllFiles_AreAbsent() => Offenders.AssertNone(Repository.Find(Sources.Concat(Tests), Region()));

    [Fact]
    public void Text_WholeTree_HoldsNoScriptOfGoogles() => Offenders.AssertNone(TextFiles.Where(file => GoogleCopyright().IsMatch(Repository.Read(file))));

    [Fact]
    public void Text_WholeTree_NamesNoMachinesPath() => Offenders.AssertNone(TextFiles.Where(file => MachinePath().IsMatch(Repository.Read(file))));

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bEnvironment\.TickCount")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\bTask\.Delay\(|\bThread\.Sleep\(")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"[(,]\s*Skip\w*\s*=|\bAssert\.Skip")]
    private static partial Regex SkippedTest();

    [GeneratedRegex(@"\b[cC]ontext\.Items\b")]
    private static partial Regex ContextItems();

    [GeneratedRegex(@"\basync void\b|\.GetAwaiter\(\)|\.Wait\(\)")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"^\s*#region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"Copyright \d{4} Google")]
    private static partial Regex GoogleCopyright();

    [GeneratedRegex(@"(?<![\w.-])/(w[o]rk|f[a]rm|r[o]ot)/[a-zA-Z.]|[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
