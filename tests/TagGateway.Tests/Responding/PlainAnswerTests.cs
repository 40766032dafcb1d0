using Microsoft.AspNetCore.Http;
using TagGateway.Responding;

namespace TagGateway.Tests.Responding;

public sealed class PlainAnswerTests
{
    public static TheoryData<string, int, string> Answers => new()
    {
        { nameof(PlainAnswer.BadRequestAsync), 400, "bad request\n" },
        { nameof(PlainAnswer.NotFoundAsync), 404, "not found\n" },
        { nameof(PlainAnswer.MethodNotAllowedAsync), 405, "method not allowed\n" },
        { nameof(PlainAnswer.TooLargeAsync), 413, "request body too large\n" },
        { nameof(PlainAnswer.BadGatewayAsync), 502, "bad gateway\n" },
        { nameof(PlainAnswer.GatewayTimeoutAsync), 504, "gateway timeout\n" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_OfEveryKind_IsOnePlainUncachedLine(string answer, int status, string body)
    {
        var context = SomeContext.Create();

        await AnswerOf(answer)(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(body, SomeContext.BodyOf(context));
        Assert.Equal(body.Length, context.Response.ContentLength);
        Assert.Equal("text/plain; charset=utf-8", context.Response.ContentType);
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        Assert.Equal("nosniff", context.Response.Headers.XContentTypeOptions);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_ToHead_HasTheHeadersAndNoBody(string answer, int status, string body)
    {
        var context = SomeContext.Create("HEAD");

        await AnswerOf(answer)(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(body.Length, context.Response.ContentLength);
        Assert.Equal("", SomeContext.BodyOf(context));
    }

    [Fact]
    public async Task MethodNotAllowed_Always_NamesWhatIsAllowed()
    {
        var context = SomeContext.Create("TRACE");

        await PlainAnswer.MethodNotAllowedAsync(context);

        Assert.Equal("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", context.Response.Headers.Allow);
    }

    [Fact]
    public async Task Redirect_ToAnAddress_IsTemporaryAndUncached()
    {
        var context = SomeContext.Create();

        await PlainAnswer.RedirectAsync(context, "https://www.googletagmanager.com/gtag/js?id=G-A1");

        Assert.Equal(302, context.Response.StatusCode);
        Assert.Equal("https://www.googletagmanager.com/gtag/js?id=G-A1", context.Response.Headers.Location);
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        Assert.Equal("found\n", SomeContext.BodyOf(context));
    }

    [Fact]
    public async Task Write_OwnLine_IsThatLine()
    {
        var context = SomeContext.Create();

        await PlainAnswer.WriteAsync(context, 418, "short and stout");

        Assert.Equal(418, context.Response.StatusCode);
        Assert.Equal("short and stout\n", SomeContext.BodyOf(context));
    }

    private static Func<HttpContext, Task> AnswerOf(string name) => name switch
    {
        nameof(PlainAnswer.BadRequestAsync) => PlainAnswer.BadRequestAsync,
        nameof(PlainAnswer.NotFoundAsync) => PlainAnswer.NotFoundAsync,
        nameof(PlainAnswer.MethodNotAllowedAsync) => PlainAnswer.MethodNotAllowedAsync,
        nameof(PlainAnswer.TooLargeAsync) => PlainAnswer.TooLargeAsync,
        nameof(PlainAnswer.BadGatewayAsync) => PlainAnswer.BadGatewayAsync,
        _ => PlainAnswer.GatewayTimeoutAsync,
    };
}
