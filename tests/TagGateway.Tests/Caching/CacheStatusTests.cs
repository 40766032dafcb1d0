using System.Text.RegularExpressions;
using TagGateway.Caching;
using TagGateway.Operations;
using TagGateway.TagScripts;

namespace TagGateway.Tests.Caching;

/// <summary>RFC 9211: a list of one, its parameters of the registered names and kinds.</summary>
public sealed partial class CacheStatusTests
{
    public static TheoryData<string> Values =>
    [
        CacheStatus.Miss, CacheStatus.Collapsed, CacheStatus.Shared, CacheStatus.Replaced, CacheStatus.Revalidated, CacheStatus.StaleIfError, CacheStatus.Redirected,
        CacheStatus.Hit(TimeSpan.FromSeconds(900)), CacheStatus.Hit(TimeSpan.FromSeconds(-900)), CacheStatus.Hit(TimeSpan.Zero),
        .. Enum.GetValues<ScriptBypass>().Select(reason => CacheStatus.Bypass(LabelNames<ScriptBypass>.Of(reason))),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_OfEveryKind_IsWellFormed(string value)
    {
        Assert.Matches(Form(), value);
        Assert.Equal(value.Contains("; hit", StringComparison.Ordinal), !value.Contains("; fwd=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(899.9, "taggateway; hit; ttl=899")]
    [InlineData(0.4, "taggateway; hit; ttl=0")]
    [InlineData(-0.4, "taggateway; hit; ttl=-1")]
    [InlineData(31_536_000, "taggateway; hit; ttl=31536000")]
    public void Hit_TimeLeft_IsInWholeSeconds(double left, string expected) => Assert.Equal(expected, CacheStatus.Hit(TimeSpan.FromSeconds(left)));

    [GeneratedRegex("^taggateway(; (hit|collapsed|stored|fwd=(bypass|uri-miss|stale)|fwd-status=[0-9]{3}|ttl=-?[0-9]+|detail=[a-z*][a-z0-9_-]*))+$")]
    private static partial Regex Form();
}
