using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class EntryRulesTests
{
    private const string Noon = "Thu, 01 Jan 2026 12:00:00 GMT";
    private const string OnePast = "Thu, 01 Jan 2026 12:01:00 GMT";

    [Theory]
    [InlineData("Cache-Control: private, max-age=900", true)]
    [InlineData("Cache-Control: private=\"Set-Cookie\"", true)]
    [InlineData("Cache-Control: no-cache", true)]
    [InlineData("", true)]
    [InlineData("Vary: Accept-Encoding, Cookie", true)]
    [InlineData("Vary: X-*", true)]
    [InlineData("Cache-Control: no-store", false)]
    [InlineData("cache-control: NO-STORE", false)]
    [InlineData("Cache-Control: max-age=900\nCache-Control: no-store", false)]
    [InlineData("Set-Cookie: a=b", false)]
    [InlineData("set-cookie:", false)]
    [InlineData("Vary: *", false)]
    [InlineData("vary: Accept-Encoding, *", false)]
    [InlineData("Vary: Accept-Encoding\nVary: *", false)]
    [InlineData("Vary: ,*", false)]
    public void MayStore_Answer_UnlessItForbids(string headers, bool expected) => Assert.Equal(expected, Read(headers).MayStore);

    [Theory]
    [InlineData("", null)]
    [InlineData("Cache-Control: private", null)]
    [InlineData("Cache-Control: max-age=900", 900)]
    [InlineData("Cache-Control: max-age=900, s-maxage=60", 60)]
    [InlineData("Cache-Control: s-maxage=900, max-age=60", 900)]
    [InlineData("Cache-Control: s-maxage=x, max-age=60", 0)]
    [InlineData("Cache-Control: max-age=900, no-cache", 0)]
    [InlineData("Cache-Control: max-age=900, no-cache=\"Set-Cookie\"", 0)]
    [InlineData("Cache-Control: max-age=-1", 0)]
    [InlineData("Cache-Control: max-age=60\nExpires: " + Noon + "\nDate: " + Noon, 60)]
    [InlineData("Expires: " + OnePast + "\nDate: " + Noon, 60)]
    [InlineData("Date: " + Noon + "\nexpires: " + OnePast, 60)]
    [InlineData("Expires: " + Noon + "\nDate: " + Noon, 0)]
    [InlineData("Expires: " + Noon + "\nDate: " + OnePast, 0)]
    [InlineData("Expires: " + OnePast, 0)]
    [InlineData("Expires: " + OnePast + "\nDate: yesterday", 0)]
    [InlineData("Expires: 0\nDate: " + Noon, 0)]
    [InlineData("Expires: -1\nDate: " + Noon, 0)]
    [InlineData("Expires:\nDate: " + Noon, 0)]
    [InlineData("Expires: Thu, 01 Jan 2026 12:01:00 UTC\nDate: " + Noon, 0)]
    [InlineData("Expires: Thu, 01 Jan 2026 12:01:00 +0100\nDate: " + Noon, 0)]
    [InlineData("Expires: Fri, 01 Jan 2026 12:01:00 GMT\nDate: " + Noon, 0)]
    [InlineData("Expires: Thursday, 01-Jan-26 12:01:00 GMT\nDate: " + Noon, 0)]
    [InlineData("Expires: 2026-01-01T12:01:00Z\nDate: " + Noon, 0)]
    [InlineData("Expires: " + OnePast + "\nExpires: 0\nDate: " + Noon, 60)]
    public void Lifetime_Answer_IsWhatItSays(string headers, int? seconds) => Assert.Equal(seconds, (int?)Read(headers).Lifetime?.TotalSeconds);

    [Fact]
    public void Lifetime_ExpiresAtTheEndOfTime_IsNoOverflow() =>
        Assert.True(Read($"Expires: Fri, 31 Dec 9999 23:59:59 GMT\nDate: Mon, 01 Jan 0001 00:00:00 GMT").Lifetime > TimeSpan.FromDays(3_000_000));

    [Theory]
    [InlineData("", 0L)]
    [InlineData("Age: 30", 30L)]
    [InlineData("age: 030", 30L)]
    [InlineData("Age: 30, 60", 30L)]
    [InlineData("Age: 30\nAge: 60", 30L)]
    [InlineData("Age: -30", 0L)]
    [InlineData("Age: x", 0L)]
    [InlineData("Age: 1.5", 0L)]
    [InlineData("Age:", 0L)]
    [InlineData("Age: 99999999999999999999", 2_147_483_648L)]
    public void Age_Answer_IsItsFirstNumber(string headers, long seconds) => Assert.Equal(seconds, (long)Read(headers).Age.TotalSeconds);

    [Theory]
    [InlineData("Cache-Control: max-age=1", false)]
    [InlineData("Cache-Control: must-revalidate, max-age=1", true)]
    [InlineData("Cache-Control: Proxy-Revalidate", true)]
    [InlineData("Cache-Control: s-maxage=1", true)]
    [InlineData("Cache-Control: no-cache", true)]
    [InlineData("Cache-Control: no-cache=\"a\"", true)]
    public void MustRevalidate_Answer_WhereItSaysSo(string headers, bool expected) => Assert.Equal(expected, Read(headers).MustRevalidate);

    [Theory]
    [InlineData("Cache-Control: max-age=1", null, null)]
    [InlineData("Cache-Control: stale-while-revalidate=5, stale-if-error=6", 5, 6)]
    [InlineData("Cache-Control: stale-while-revalidate, stale-if-error=x", 0, 0)]
    public void Stale_Answer_IsItsOwnWord(string headers, int? whileRevalidate, int? ifError)
    {
        var rules = Read(headers);

        Assert.Equal((whileRevalidate, ifError), ((int?)rules.StaleWhileRevalidate?.TotalSeconds, (int?)rules.StaleIfError?.TotalSeconds));
    }

    /// <summary>RFC 9213 addresses caches that work for the site, as this one does. It is obeyed where it allows less.</summary>
    [Theory]
    [InlineData("CDN-Cache-Control: no-store\nCache-Control: max-age=900", false, 900)]
    [InlineData("CDN-Cache-Control: no-cache\nCache-Control: max-age=900", true, 0)]
    [InlineData("CDN-Cache-Control: max-age=60\nCache-Control: max-age=900", true, 60)]
    [InlineData("CDN-Cache-Control: max-age=60", true, 60)]
    [InlineData("CDN-Cache-Control: max-age=900\nCache-Control: max-age=60", true, 60)]
    [InlineData("CDN-Cache-Control: max-age=900\nCache-Control: no-store", false, 900)]
    [InlineData("CDN-Cache-Control: max-age=0\nExpires: " + OnePast + "\nDate: " + Noon, true, 0)]
    public void Read_TargetedControl_AllowsLessNeverMore(string headers, bool mayStore, int seconds)
    {
        var rules = Read(headers);

        Assert.Equal((mayStore, seconds), (rules.MayStore, (int)(rules.Lifetime ?? TimeSpan.MinValue).TotalSeconds));
    }

    private static EntryRules Read(string headers) => EntryRules.Read(SomeEntry.Headers(headers));
}
