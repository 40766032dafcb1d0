using TagGateway.Sites;

namespace TagGateway.Tests.Sites;

public sealed class MeasurementPathTests
{
    [Theory]
    [InlineData("/f807", "/f807")]
    [InlineData("/f807/", "/f807")]
    [InlineData("/A", "/A")]
    [InlineData("/a/B/3", "/a/B/3")]
    [InlineData("/a/B/3/", "/a/B/3")]
    public void TryParse_WellFormed_DropsOneTrailingSlash(string text, string expected)
    {
        var ok = MeasurementPath.TryParse(text, out var path, out var error);

        Assert.True(ok);
        Assert.Null(error);
        Assert.Equal(expected, path!.Value); // TryParse said so
        Assert.Equal(expected, path.ToString());
    }

    [Theory]
    [InlineData(null, "is missing: choose an unused path of the site, such as \"/f807\"")]
    [InlineData("", "is missing: choose an unused path of the site, such as \"/f807\"")]
    [InlineData("f807", "\"f807\" must begin with '/'")]
    [InlineData(" /f807", "\" /f807\" must begin with '/'")]
    [InlineData("https://shop.example/f807", "\"https://shop.example/f807\" must begin with '/'")]
    [InlineData("/", "\"/\" is the whole site: choose an unused path such as \"/f807\"")]
    [InlineData("//", "\"//\" has an empty segment (\"//\")")]
    [InlineData("/a//b", "\"/a//b\" has an empty segment (\"//\")")]
    [InlineData("/a//", "\"/a//\" has an empty segment (\"//\")")]
    [InlineData("/a b", "\"/a b\" may hold only letters, digits and '/'")]
    [InlineData("/a-b", "\"/a-b\" may hold only letters, digits and '/'")]
    [InlineData("/a.", "\"/a.\" may hold only letters, digits and '/'")]
    [InlineData("/../a", "\"/../a\" may hold only letters, digits and '/'")]
    [InlineData("/a%62", "\"/a%62\" may hold only letters, digits and '/'")]
    [InlineData("/a?b", "\"/a?b\" may hold only letters, digits and '/'")]
    [InlineData("/a*", "\"/a*\" may hold only letters, digits and '/'")]
    [InlineData("/\u00e4", "\"/\u00e4\" may hold only letters, digits and '/'")]
    public void TryParse_Malformed_SaysWhatIsWrong(string? text, string expected)
    {
        var ok = MeasurementPath.TryParse(text, out var path, out var error);

        Assert.False(ok);
        Assert.Null(path);
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void TryParse_Length_IsAtMostAHundred(int length, bool expected)
    {
        var ok = MeasurementPath.TryParse("/" + new string('a', length - 1), out _, out var error);

        Assert.Equal(expected, ok);
        Assert.Equal(expected ? null : "is longer than 100 characters", error);
    }

    [Theory]
    [InlineData("/f807", true)]
    [InlineData("/f807/", true)]
    [InlineData("/f807/ag/g/c", true)]
    [InlineData("/f807//", true)]
    [InlineData("/f807x", false)]
    [InlineData("/f80", false)]
    [InlineData("/f807.js", false)]
    [InlineData("/f807;x", false)]
    [InlineData("/f807%2f", false)]
    [InlineData("/f807\\", false)]
    [InlineData("/F807/", false)]
    [InlineData("/x/f807/", false)]
    [InlineData("//f807/", false)]
    [InlineData("/%66807/", false)]
    [InlineData("/", false)]
    [InlineData("", false)]
    public void Covers_RawPath_MatchesWholeSegmentsByteForByte(string path, bool expected)
    {
        var measurementPath = SomeSite.Create(path: "/f807").Path;

        Assert.Equal(expected, measurementPath.Covers(path));
    }

    [Theory]
    [InlineData("/f807/x", true)]
    [InlineData("/f807", false)]
    [InlineData("/f807/xy", false)]
    public void Covers_PathOfTwoSegments_NeedsBoth(string path, bool expected) =>
        Assert.Equal(expected, SomeSite.Create(path: "/f807/x").Path.Covers(path));

    [Theory]
    [InlineData("/metrics", "metrics")]
    [InlineData("/f807/GTM", "gtm")]
    [InlineData("/analytics/x", "analytics")]
    [InlineData("/collect", "collect")]
    [InlineData("/f807", null)]
    [InlineData("/metricsx", null)]
    [InlineData("/gab", null)]
    public void TellingWord_OfAPath_IsASegmentOnBlockLists(string path, string? expected) =>
        Assert.Equal(expected, SomeSite.Create(path: path).Path.TellingWord);
}
