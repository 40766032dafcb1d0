using System.Globalization;
using System.Text.RegularExpressions;

namespace TagGateway.Tests.Conventions;

public sealed partial class LogConventionTests
{
    private const int Hundred = 100;

    public static TheoryData<string> LogFiles => [.. Repository.Files("src", "Log.cs")];

    [Fact]
    public void EventIds_AllFiles_AreUnique()
    {
        var ids = LogFiles.SelectMany(file => EventIds(file.Data)).ToList();

        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Hundreds_AllFiles_AreOneFoldersEach()
    {
        var hundreds = LogFiles.Select(file => Hundreds(file.Data).From).ToList();

        Assert.Equal(hundreds.Distinct(), hundreds);
    }

    [Theory]
    [MemberData(nameof(LogFiles))]
    public void EventIds_OfOneFolder_LieInTheHundredItsCommentNames(string file)
    {
        var (from, to) = Hundreds(file);

        Assert.Equal(0, from % Hundred);
        Assert.Equal(from + Hundred - 1, to);
        Assert.NotEmpty(EventIds(file));
        Assert.All(EventIds(file), id => Assert.InRange(id, from, to));
    }

    [Fact]
    public void LogMessages_AllSources_StandInTheirFoldersLogFile()
    {
        var files = Repository.Files("src", "*.cs").Where(file => Path.GetFileName(file) != "Log.cs");

        Offenders.AssertNone(Repository.Find(files, LogMessage()));
    }

    [Fact]
    public void Logging_AllSources_GoesThroughLogMessages() =>
        Offenders.AssertNone(Repository.Find(Repository.Files("src", "*.cs"), DirectLogging()));

    private static List<int> EventIds(string file) =>
        [.. LogMessage().Matches(Repository.Read(file)).Select(match => int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture))];

    private static (int From, int To) Hundreds(string file)
    {
        var match = EventIdRange().Match(Repository.Read(file));
        Assert.True(match.Success, $"{file} does not say \"Event ids 1000–1099.\" in its comment.");
        return (int.Parse(match.Groups["from"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["to"].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\[LoggerMessage\((EventId\s*=\s*)?(?<id>\d+)")]
    private static partial Regex LogMessage();

    [GeneratedRegex(@"Event ids (?<from>\d+)–(?<to>\d+)\.")]
    private static partial Regex EventIdRange();

    [GeneratedRegex(@"(?<!Math)\.Log(Trace|Debug|Information|Warning|Error|Critical)?\(")]
    private static partial Regex DirectLogging();
}
