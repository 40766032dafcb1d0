using System.Text;
using TagGateway.Responding;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Responding;

public sealed class ErrorPageTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", true)]
    [InlineData("application/json, TEXT/HTML;q=0.1", true)]
    [InlineData("text/html;q=0", false)]
    [InlineData("*/*", false)]
    [InlineData("image/avif,image/webp,*/*;q=0.8", false)]
    [InlineData("text/htmlx", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("\"", false)]
    public void IsWantedBy_Accept_OnlyWhereHtmlIsNamed(string? accept, bool expected) => Assert.Equal(expected, ErrorPage.IsWantedBy(accept));

    [Theory]
    [InlineData("GET", "<h1>Zurück</h1>")]
    [InlineData("HEAD", "")]
    public async Task Write_Page_IsNeverCached(string method, string body)
    {
        await File.WriteAllTextAsync(_file, "<h1>Zurück</h1>");
        var context = SomeContext.Create(method);

        await ErrorPage.Read(_file, SomeFiles.In(), out _)!.WriteAsync(context, 502); // it is there

        Assert.Equal((502, "text/html; charset=utf-8", "no-store"), (context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.CacheControl.ToString()));
        Assert.Equal(body, SomeContext.BodyOf(context));
    }

    [Fact]
    public async Task Write_PageInAnotherEncoding_LeavesItToThePageToSay()
    {
        await File.WriteAllBytesAsync(_file, Encoding.Latin1.GetBytes("Zurück"));
        var context = SomeContext.Create();

        await ErrorPage.Read(_file, SomeFiles.In(), out _)!.WriteAsync(context, 504); // it is there

        Assert.Equal("text/html", context.Response.ContentType);
    }

    [Theory]
    [InlineData(0, "is empty")]
    [InlineData(ErrorPage.MaxBytes, null)]
    [InlineData(ErrorPage.MaxBytes + 1, "is larger than 1 MB")]
    public async Task Read_AnySize_UpToTheLimit(int size, string? expected)
    {
        await File.WriteAllBytesAsync(_file, new byte[size]);

        var page = ErrorPage.Read(_file, SomeFiles.In(), out var problem);

        Assert.Equal(expected, problem);
        Assert.Equal(expected is null, page is not null);
    }

    [Fact]
    public void Read_NoFile_SaysSo()
    {
        Assert.Null(ErrorPage.Read(_file + "x", SomeFiles.In(), out var problem));
        Assert.Equal("there is no such file", problem);
    }
}
