using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public sealed class PageCharsetTests
{
    [Theory]
    [InlineData("text/html", true, false)]
    [InlineData("text/html; charset=utf-8", true, true)]
    [InlineData("text/html;charset=\"UTF-8\"", true, true)]
    [InlineData("text/html; Charset='utf-8'", true, true)]
    [InlineData("text/html; charset=", true, false)]
    [InlineData("text/html; charset=iso-8859-1", true, true)]
    [InlineData("text/html; charset=ISO-8859-15; x=y", true, true)]
    [InlineData("text/html; x=y; charset=windows-1251", true, true)]
    [InlineData("text/html; charset=shift_jis", true, true)]
    [InlineData("text/html; charset=EUC-JP", true, true)]
    [InlineData("text/html; charset=gb18030", true, true)]
    [InlineData("text/html; charset=Big5", true, true)]
    [InlineData("text/html; charset=koi8-r", true, true)]
    [InlineData("text/html; charset=us-ascii", true, true)]
    [InlineData("text/html; charset=utf-16", false, true)]
    [InlineData("text/html; charset=UTF-16LE", false, true)]
    [InlineData("text/html; charset=utf-32", false, true)]
    [InlineData("text/html; charset=utf-7", false, true)]
    [InlineData("text/html; charset=iso-2022-jp", false, true)]
    [InlineData("text/html; charset=iso-2022-kr", false, true)]
    [InlineData("text/html; charset=hz-gb-2312", false, true)]
    [InlineData("text/html; charset=martian", false, true)]
    [InlineData("text/html; charset=utf-16; charset=utf-8", false, true)]
    public void IsReadable_ContentType_IsSoForSupersetsOfAscii(string contentType, bool isReadable, bool isNamed) =>
        Assert.Equal((isReadable, isNamed), (PageCharset.IsReadable(contentType, out var named), named));

    [Theory]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 60 }, true)]
    [InlineData(new byte[] { 0xFF, 0xFE, 60, 0 }, true)]
    [InlineData(new byte[] { 0xFF, 0xFE }, true)]
    [InlineData(new byte[] { 0, 0, 0xFE, 0xFF }, true)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 60 }, false)]
    [InlineData(new byte[] { 0, 0, 60, 60 }, false)]
    [InlineData(new byte[] { 60 }, false)]
    public void IsMarkedWide_Beginning_IsSoForUtf16And32(byte[] beginning, bool expected) => Assert.Equal(expected, PageCharset.IsMarkedWide(beginning));

    [Theory]
    [InlineData(new byte[] { }, true)]
    [InlineData(new byte[] { 60 }, false)]
    [InlineData(new byte[] { 0xEF }, false)]
    [InlineData(new byte[] { 0xFF }, true)]
    [InlineData(new byte[] { 0xFE }, true)]
    [InlineData(new byte[] { 0xFF, 0xFE }, false)]
    [InlineData(new byte[] { 0 }, true)]
    [InlineData(new byte[] { 0, 0 }, true)]
    [InlineData(new byte[] { 0, 60 }, false)]
    [InlineData(new byte[] { 0, 0, 0xFE }, true)]
    [InlineData(new byte[] { 0, 0, 0xFE, 0xFF }, false)]
    public void MayBeMarkedWide_Beginning_IsSoWhileItIsOpen(byte[] beginning, bool expected) => Assert.Equal(expected, PageCharset.MayBeMarkedWide(beginning));
}
