using System.Text.RegularExpressions;

namespace TagGateway.Tests.TagScripts;

/// <summary>One case of <c>HttpCacheSuite.txt</c>, whose head tells the grammar.</summary>
/// <param name="Group">The suite's.</param>
/// <param name="Reason">Why it departs; null: it does not.</param>
/// <param name="IsControl">Shows that the required cases beside it mean something.</param>
/// <param name="Steps">The parts of each.</param>
internal sealed partial record SuiteCase(string Group, string? Reason, bool IsControl, IReadOnlyList<IReadOnlyList<string>> Steps)
{
    public static Dictionary<string, SuiteCase> ReadAll(string file)
    {
        var (cases, group) = (new Dictionary<string, SuiteCase>(), "");
        foreach (var line in File.ReadLines(file).SkipWhile(line => !line.StartsWith("# ", StringComparison.Ordinal)))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                group = line[2..];
            }
            else if (Line().Match(line) is { Success: true } match)
            {
                var reason = match.Groups["reason"] is { Success: true } departs ? departs.Value : null;
                var steps = match.Groups["steps"].Value.Split(" => ").Select(step => (IReadOnlyList<string>)[.. step.Split(" ; ").Where(part => part.Length > 0)]);
                cases.Add(match.Groups["name"].Value, new SuiteCase(group, reason, match.Groups["control"].Success, [.. steps]));
            }
            else
            {
                Assert.True(line.Length == 0, $"not a case: {line}");
            }
        }

        return cases;
    }

    /// <summary>A header of Google's answer.</summary>
    public static bool IsHeader(string part) => Header().IsMatch(part);

    /// <summary>Tells what happens, not what is expected.</summary>
    public static bool IsSaid(string part) =>
        IsHeader(part) || part[0] is '>' or '?' || part is "pause" or "disconnect" || part.StartsWith("status=", StringComparison.Ordinal);

    [GeneratedRegex("^(?<control>~ )?(?<name>[A-Za-z0-9=_-]+)( !(?<reason>[a-z-]+))? = (?<steps>.*)$")]
    private static partial Regex Line();

    [GeneratedRegex("^[A-Za-z0-9-]+: ")]
    private static partial Regex Header();
}
