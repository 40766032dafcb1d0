using System.Text;
using Microsoft.AspNetCore.Http;
using TagGateway.Caching;
using TagGateway.Responding;
using TagGateway.Tests.Caching;

namespace TagGateway.Tests.Responding;

public sealed class EntryAnswerTests
{
    private const string Noon = "Thu, 01 Jan 2026 12:00:00 GMT";
    private static readonly Lifetimes Quarter = new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromDays(1));
    private readonly Entry _entry = SomeEntry.Create("let a=1;"u8, $"Content-Type: text/javascript\nLast-Modified: {Noon}\nSet-Cookie: a=b\nX-Twice: 1\nX-Twice: 2\nDate: {Noon}", TimeSpan.FromSeconds(7), hash: "abc");

    [Theory]
    [InlineData("\"abc-br\"", true)]
    [InlineData(" \"abc-br\" ", true)]
    [InlineData("W/\"abc-br\"", true)]
    [InlineData("*", true)]
    [InlineData("\"x\", \"abc-br\"", true)]
    [InlineData("\"x\",W/\"abc-br\",\"y\"", true)]
    [InlineData("\"x,y\", \"abc-br\"", true)]
    [InlineData("\"abc\"", false)]
    [InlineData("\"abc-gz\"", false)]
    [InlineData("abc-br", false)]
    [InlineData("w/\"abc-br\"", false)]
    [InlineData("W/W/\"abc-br\"", false)]
    [InlineData("\"ABC-BR\"", false)]
    [InlineData("\"abc-br", false)]
    [InlineData("\"\"", false)]
    [InlineData("", false)]
    [InlineData(",", false)]
    public void IsNotModified_IfNoneMatch_IsComparedWeaklyWithItsCodingsTag(string value, bool expected) =>
        Assert.Equal(expected, IsNotModified(ContentCoding.Brotli, ("If-None-Match", value)));

    [Fact]
    public void IsNotModified_IfNoneMatchOnSeveralLines_IsAnyOfThem()
    {
        var headers = new HeaderDictionary { ["If-None-Match"] = new[] { "\"x\"", "\"abc\"" } };

        Assert.True(EntryAnswer.IsNotModified(headers, _entry, ContentCoding.Identity));
    }

    [Theory]
    [InlineData(Noon, true)]
    [InlineData("Thu, 01 Jan 2026 11:59:59 GMT", false)]
    [InlineData("yesterday", false)]
    [InlineData("", false)]
    public void IsNotModified_IfModifiedSince_IsTheOriginsOwnDate(string value, bool expected) =>
        Assert.Equal(expected, IsNotModified(ContentCoding.Gzip, ("If-Modified-Since", value)));

    [Fact]
    public void IsNotModified_Both_TheTagDecides()
    {
        Assert.False(IsNotModified(ContentCoding.Gzip, ("If-None-Match", "\"x\""), ("If-Modified-Since", Noon)));
        Assert.True(IsNotModified(ContentCoding.Gzip, ("If-None-Match", "\"abc-gz\""), ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")));
    }

    [Fact]
    public void IsNotModified_NeitherIsAsked_IsFalse() =>
        Assert.False(EntryAnswer.IsNotModified(new HeaderDictionary(), SomeEntry.Create(headers: "X: y"), ContentCoding.Identity));

    [Fact]
    public async Task Write_Get_HasTheHeadersAndTheBody()
    {
        var context = SomeContext.Create();

        await EntryAnswer.WriteAsync(context, _entry, Quarter, ContentCoding.Identity, _entry.Body, status: null);

        Assert.Equal("let a=1;", SomeContext.BodyOf(context));
        Assert.Equal(
            ["Age: 7", "Cache-Control: private, max-age=900", "Cache-Status: taggateway; hit; ttl=893", "Content-Length: 8", "Content-Type: text/javascript",
             $"Date: {Noon}", "ETag: \"abc\"", $"Last-Modified: {Noon}", "Vary: Accept-Encoding", "X-Twice: 1,2"],
            context.Response.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}"));
    }

    [Fact]
    public async Task Write_OtherCoding_SaysSoAndHasItsOwnTag()
    {
        var context = SomeContext.Create();
        var body = StoredBytes.Copy(Encoding.ASCII.GetBytes("br-bytes-"));

        await EntryAnswer.WriteAsync(context, _entry, Quarter, ContentCoding.Brotli, body, "taggateway; fwd=uri-miss; stored");

        Assert.Equal(("br", "\"abc-br\"", 9L), ((string?)context.Response.Headers.ContentEncoding, (string?)context.Response.Headers.ETag, context.Response.ContentLength));
        Assert.Equal("taggateway; fwd=uri-miss; stored", context.Response.Headers["Cache-Status"]);
    }

    [Fact]
    public async Task Write_Head_HasTheHeadersOnly()
    {
        var context = SomeContext.Create("HEAD");

        await EntryAnswer.WriteAsync(context, _entry, Quarter, ContentCoding.Identity, _entry.Body, status: null);

        Assert.Equal(("", 8L, 200), (SomeContext.BodyOf(context), context.Response.ContentLength, context.Response.StatusCode));
    }

    /// <summary>RFC 9110 §15.4.5: what a 200 would have said of the same, and no body.</summary>
    [Fact]
    public void WriteNotModified_Always_HasWhatA304Needs()
    {
        var context = SomeContext.Create();

        EntryAnswer.WriteNotModified(context, _entry, Quarter, ContentCoding.Gzip, status: null);

        Assert.Equal(304, context.Response.StatusCode);
        Assert.Equal(
            ["Age: 7", "Cache-Control: private, max-age=900", "Cache-Status: taggateway; hit; ttl=893", $"Date: {Noon}", "ETag: \"abc-gz\"", "Vary: Accept-Encoding"],
            context.Response.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}"));
    }

    private bool IsNotModified(ContentCoding coding, params (string Name, string Value)[] headers)
    {
        var request = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            request[name] = value;
        }

        return EntryAnswer.IsNotModified(request, _entry, coding);
    }
}
