namespace TagGateway.Tests.Conventions;

/// <summary>What breaks a convention: the failure names all of it, a line each.</summary>
internal static class Offenders
{
    public static void AssertNone(IEnumerable<object> offenders)
    {
        var lines = offenders.Select(offender => offender.ToString()).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} break the convention:\n{string.Join('\n', lines)}");
    }
}
