using Microsoft.Extensions.Time.Testing;
using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class EntryTests
{
    private static readonly Lifetimes Quarter = new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromDays(1));
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Age_TimePasses_GrowsFromWhatItWas()
    {
        var entry = SomeEntry.Create(age: TimeSpan.FromSeconds(30), time: _time);

        _time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal(TimeSpan.FromSeconds(42), entry.Age);
    }

    /// <summary>A machine whose clock is set right, or wrong, back or forth.</summary>
    [Theory]
    [InlineData(-365)]
    [InlineData(365)]
    public void Age_TheClockIsSet_IsAsBefore(int days)
    {
        var time = new ClockThatIsSet();
        var entry = SomeEntry.Create(age: TimeSpan.FromSeconds(30), time: time);

        time.Elapsed += TimeSpan.FromSeconds(12);
        time.Now += TimeSpan.FromDays(days);

        Assert.Equal(TimeSpan.FromSeconds(42), entry.Age);
    }

    [Fact]
    public void ETags_OfEachCoding_AreStrongAndDiffer()
    {
        var entry = SomeEntry.Create(hash: "abc");

        Assert.Equal(["\"abc\"", "\"abc-gz\"", "\"abc-br\""], entry.ETags);
    }

    [Fact]
    public void ServedHeaders_Answer_IsLessWhatIsMadeAnew()
    {
        var entry = SomeEntry.Create(headers: """
            Content-Type: application/javascript
            Cross-Origin-Resource-Policy: cross-origin
            X-Twice: 1
            x-twice: 2
            Last-Modified: Thu, 01 Jan 2026 12:00:00 GMT
            Date: Thu, 01 Jan 2026 12:00:00 GMT
            Cache-Control: private, max-age=900
            ETag: "g"
            Age: 5
            Expires: 0
            Pragma: no-cache
            Vary: Accept-Encoding
            Content-Encoding: br
            Content-Length: 5
            content-md5: x
            Digest: x
            Accept-Ranges: bytes
            Cache-Status: edge; hit
            CDN-Cache-Control: max-age=60
            X-Accel-Redirect: /secret
            SourceMap: /x.map
            """);

        Assert.Equal("Thu, 01 Jan 2026 12:00:00 GMT", entry.Date);
        Assert.Equal(
            ["Content-Type: application/javascript", "Cross-Origin-Resource-Policy: cross-origin", "X-Twice: 1,2", "Last-Modified: Thu, 01 Jan 2026 12:00:00 GMT"],
            entry.ServedHeaders.Select(header => $"{header.Key}: {header.Value}"));
    }

    [Fact]
    public void HeadersAt_SameSecond_AreWrittenOnce()
    {
        var entry = SomeEntry.Create();

        var first = entry.HeadersAt(TimeSpan.FromSeconds(5), Quarter);

        Assert.Same(first, entry.HeadersAt(TimeSpan.FromSeconds(5.9), Quarter));
        Assert.NotSame(first, entry.HeadersAt(TimeSpan.FromSeconds(6), Quarter));
    }

    /// <summary>A reload may change the site's policy at any moment.</summary>
    [Fact]
    public void HeadersAt_SameSecondOtherLifetimes_AreWrittenAnew()
    {
        var entry = SomeEntry.Create();
        entry.HeadersAt(TimeSpan.FromSeconds(5), Quarter);

        var after = entry.HeadersAt(TimeSpan.FromSeconds(5), Quarter with { Fresh = TimeSpan.FromSeconds(60) });

        Assert.Equal(("private, max-age=60", "taggateway; hit; ttl=55"), (after.CacheControl, after.Hit));
    }

    [Theory]
    [InlineData("Cache-Control: public, max-age=900", 0.0, "0", "private, max-age=900", "taggateway; hit; ttl=900")]
    [InlineData("Cache-Control: private, max-age=900", 899.99, "899", "private, max-age=900", "taggateway; hit; ttl=1")]
    [InlineData("Cache-Control: private, max-age=900", 900.0, "900", "private, max-age=900", "taggateway; hit; ttl=0")]
    [InlineData("Cache-Control: private, max-age=900", 1000.5, "1000", "private, max-age=900", "taggateway; hit; ttl=-100")]
    [InlineData("Cache-Control: max-age=900, must-revalidate", 1.0, "1", "private, max-age=900, must-revalidate", "taggateway; hit; ttl=899")]
    public void HeadersAt_Age_IsPrivateWithTheWholeLifetime(string headers, double seconds, string age, string cacheControl, string hit)
    {
        var entry = SomeEntry.Create(headers: headers);

        var aged = entry.HeadersAt(TimeSpan.FromSeconds(seconds), Quarter);

        Assert.Equal((age, cacheControl, hit), (aged.Age, aged.CacheControl, aged.Hit));
    }

    [Theory]
    [InlineData("Cache-Control: public, max-age=31536000, immutable", "public, max-age=31536000, immutable")]
    [InlineData("X: y", "private, max-age=900")]
    public void HeadersAt_VersionedFile_IsAsItCame(string headers, string expected) =>
        Assert.Equal(expected, SomeEntry.Create(headers: headers, isVersioned: true).HeadersAt(TimeSpan.Zero, Quarter).CacheControl);

    [Theory]
    [InlineData("shop", "G-MAIN1", true)]
    [InlineData("shop", null, true)]
    [InlineData(null, "G-MAIN1", true)]
    [InlineData(null, null, true)]
    [InlineData("other", null, false)]
    [InlineData(null, "AW-2", false)]
    [InlineData("shop", "AW-2", false)]
    public void IsIn_Scope_BySiteAndTag(string? site, string? tag, bool expected) => Assert.Equal(expected, SomeEntry.Create().IsIn(new PurgeScope(site, tag)));

    [Fact]
    public void Bytes_LongAnswers_CountTheirHeadersToo()
    {
        var small = SomeEntry.Create(new byte[100]).Bytes;
        var large = SomeEntry.Create(new byte[100], headers: "X: " + new string('x', 10_000)).Bytes;

        Assert.InRange(small, 100 + 512, 100 + 4096);
        Assert.InRange(large - small, 10_000, 40_000);
    }

    /// <summary>The clock on the wall and the one that counts, each by itself.</summary>
    private sealed class ClockThatIsSet : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
