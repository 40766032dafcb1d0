using System.Text;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

public class TagMarksTests
{
    [Theory]
    [InlineData("google")]
    [InlineData("GOOGLE")]
    [InlineData("gOoGlE")]
    [InlineData("/f807")]
    [InlineData("doubleclick")]
    public void EndOfLast_MarkAnywhere_IsBehindIt(string mark)
    {
        for (var before = 0; before < 70; before++)
        {
            for (var behind = 0; behind < 70; behind++)
            {
                var bytes = Encoding.ASCII.GetBytes(new string('g', before) + mark + new string('o', behind));

                Assert.Equal(before + mark.Length, TagMarks.EndOfLast(bytes, Plan(isFull: true)));
            }
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("googl", 0)]
    [InlineData("goo\ngle g@ogle \u0007oogle f807 /F807 doubleclick.net", 0)]
    [InlineData("google google, and goog", 13)]
    [InlineData("/f807/ google", 13)]
    [InlineData("google /f807/", 6)]
    [InlineData("/f807/ /f807/", 12)]
    public void EndOfLast_Text_IsBehindTheLast(string text, int end)
    {
        Assert.Equal(end, TagMarks.EndOfLast(Encoding.Latin1.GetBytes(text), Plan(isFull: false)));
    }

    [Fact]
    public void EndOfLast_PageThatOnlyLooksLikeIt_IsNone()
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("goog googl oogle g00gle goo gle /f80 ", 100)));

        Assert.Equal(0, TagMarks.EndOfLast(bytes, Plan(isFull: true)));
    }

    private static TagPlan Plan(bool isFull) => new(["G-MAIN1"]) { Path = "/f807", IsFull = isFull };
}
