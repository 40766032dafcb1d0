using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class CacheControlTests
{
    private const long Most = 2_147_483_648;

    [Theory]
    [InlineData("no-store", true)]
    [InlineData("NO-Store", true)]
    [InlineData(" no-store ", true)]
    [InlineData("max-age=1,no-store", true)]
    [InlineData("max-age=1 , no-store , private", true)]
    [InlineData(",,no-store,", true)]
    [InlineData("no-store=\"x\"", true)]
    [InlineData("no-store=", true)]
    [InlineData("no-store =1", true)]
    [InlineData("x=\"a\", no-store", true)]
    [InlineData("x=\"a\\\"\", no-store", true)]
    [InlineData("x=\"a\\\\\", no-store", true)]
    [InlineData("x=\"a, no-store\"", false)]
    [InlineData("x=\"a\\\", no-store\"", false)]
    [InlineData("x=\"a, no-store", false)]
    [InlineData("no-stores", false)]
    [InlineData("x-no-store", false)]
    [InlineData("\"no-store\"", false)]
    [InlineData("=no-store", false)]
    [InlineData("x=no-store", false)]
    [InlineData("", false)]
    [InlineData(",", false)]
    [InlineData("=", false)]
    [InlineData("\"", false)]
    public void Has_Directive_WhereItStands(string value, bool expected) => Assert.Equal(expected, CacheControl.Parse([value]).Has("no-store"));

    [Theory]
    [InlineData("max-age=900", 900L)]
    [InlineData("private, max-age=900", 900L)]
    [InlineData("MAX-AGE=900", 900L)]
    [InlineData("max-age=0", 0L)]
    [InlineData("max-age=0900", 900L)]
    [InlineData("max-age=\"900\"", 900L)]
    [InlineData("max-age=2147483647", Most - 1)]
    [InlineData("max-age=2147483648", Most)]
    [InlineData("max-age=2147483649", Most)]
    [InlineData("max-age=9223372036854775808", Most)]
    [InlineData("max-age=99999999999999999999999999999999", Most)]
    [InlineData("max-age=1, max-age=2", 1L)]
    [InlineData("x=\"max-age=9\", max-age=1", 1L)]
    [InlineData("max-age=1, x=\"max-age=9\"", 1L)]
    [InlineData("max-age", 0L)]
    [InlineData("max-age=", 0L)]
    [InlineData("max-age=-900", 0L)]
    [InlineData("max-age=+900", 0L)]
    [InlineData("max-age=900.0", 0L)]
    [InlineData("max-age=9e2", 0L)]
    [InlineData("max-age='900'", 0L)]
    [InlineData("max-age=\"900", 0L)]
    [InlineData("max-age=900s", 0L)]
    [InlineData("max-age= 900", 0L)]
    [InlineData("max-age =900", 900L)]
    [InlineData("max-age=900 0", 0L)]
    [InlineData("max-age=٩٠٠", 0L)]
    [InlineData("max-ages=900", null)]
    [InlineData("s-max-age=900", null)]
    [InlineData("x=\"max-age=900\"", null)]
    [InlineData("", null)]
    public void Seconds_Value_IsItsNumberAndZeroForWhatIsNone(string value, long? expected) =>
        Assert.Equal(expected, (long?)CacheControl.Parse([value]).Seconds("max-age")?.TotalSeconds);

    [Theory]
    [InlineData("max-age=1", "max-age=2", 1L)]
    [InlineData("private", "max-age=2", 2L)]
    [InlineData("x=\"open", "max-age=2", 2L)]
    public void Parse_SeveralLines_AreReadOneAfterAnother(string first, string second, long expected) =>
        Assert.Equal(expected, (long?)CacheControl.Parse([first, second]).Seconds("max-age")?.TotalSeconds);

    [Fact]
    public void Parse_NoLines_HasNothing()
    {
        var control = CacheControl.Parse([]);

        Assert.False(control.Has("max-age"));
        Assert.Null(control.Seconds("max-age"));
    }

    [Fact]
    public void Parse_AVeryLongValue_IsReadInLinearTime()
    {
        var value = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"x{i}=\"{i},\\\"\""));

        Assert.Equal(7, CacheControl.Parse([value + ", max-age=7"]).Seconds("max-age")?.TotalSeconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("-1")]
    [InlineData("1,1")]
    [InlineData("0x1")]
    public void ParseSeconds_NoWholeNumber_IsNull(string? text) => Assert.Null(CacheControl.ParseSeconds(text));
}
