using System.Net;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class ScriptAnswerTests
{
    [Theory]
    [InlineData(200, "GET", "application/javascript; charset=UTF-8", true)]
    [InlineData(200, "GET", "text/javascript", true)]
    [InlineData(200, "GET", "TEXT/JavaScript", true)]
    [InlineData(200, "GET", "application/x-javascript", true)]
    [InlineData(200, "GET", "application/ecmascript", true)]
    [InlineData(200, "GET", "text/x-ecmascript", true)]
    [InlineData(200, "GET", "text/javascript1.5", true)]
    [InlineData(200, "GET", "text/jscript", true)]
    [InlineData(200, "GET", "text/livescript", true)]
    [InlineData(200, "GET", " text/javascript ", true)]
    [InlineData(200, "POST", "text/javascript", true)]
    [InlineData(203, "GET", "text/javascript", true)]
    [InlineData(299, "GET", "text/javascript", true)]
    [InlineData(200, "HEAD", "text/javascript", false)]
    [InlineData(204, "GET", "text/javascript", false)]
    [InlineData(205, "GET", "text/javascript", false)]
    [InlineData(206, "GET", "text/javascript", true)]
    [InlineData(302, "GET", "text/javascript", false)]
    [InlineData(304, "GET", "text/javascript", false)]
    [InlineData(404, "GET", "text/javascript", false)]
    [InlineData(500, "GET", "text/javascript", false)]
    [InlineData(200, "GET", "text/html", false)]
    [InlineData(200, "GET", "image/gif", false)]
    [InlineData(200, "GET", "text/plain; x=javascript", true)]
    [InlineData(200, "GET", "", false)]
    [InlineData(200, "GET", null, false)]
    public void IsScript_Answer_WhenABrowserWouldRunIt(int status, string method, string? type, bool expected) =>
        Assert.Equal(expected, ScriptAnswer.IsScript(Answer(status, type), method));

    [Theory]
    [InlineData(null)]
    [InlineData(200_000L)]
    [InlineData(1L)]
    public async Task TryRead_Stream_IsTheWholeBody(long? announced)
    {
        byte[] body = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];
        using var idle = new CancellationTokenSource();

        using var read = await ScriptAnswer.TryReadAsync(new MemoryStream(body), announced, TimeSpan.FromMinutes(1), idle);

        Assert.Equal(body, read?.Memory.ToArray());
    }

    [Theory]
    [InlineData(ScriptAnswer.MaxBytes, null, true)]
    [InlineData(ScriptAnswer.MaxBytes + 1, null, false)]
    [InlineData(10, ScriptAnswer.MaxBytes + 1L, false)]
    public async Task TryRead_OverTheLimit_IsNull(int length, long? announced, bool isFine)
    {
        using var idle = new CancellationTokenSource();

        using var read = await ScriptAnswer.TryReadAsync(new MemoryStream(new byte[length]), announced, TimeSpan.FromMinutes(1), idle);

        Assert.Equal(isFine, read is not null);
    }

    [Fact]
    public async Task TryRead_StreamThatStalls_IsCancelledByItsTimer()
    {
        using var idle = new CancellationTokenSource();
        using var stalled = new StalledStream();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ScriptAnswer.TryReadAsync(stalled, null, TimeSpan.FromMilliseconds(1), idle));
    }

    private static HttpResponseMessage Answer(int status, string? type)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent([]) };
        _ = type is not null && answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    }

    private sealed class StalledStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var never = new TaskCompletionSource<int>();
            await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            return await never.Task;
        }
    }
}
