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
    public async Task Read_Stream_IsTheWholeBody(long? announced)
    {
        byte[] body = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];
        var (read, outcome) = await ScriptAnswer.ReadAsync(new MemoryStream(body), announced, null, TestContext.Current.CancellationToken);

        Assert.Equal(FetchOutcome.Answered, outcome);
        Assert.Equal(body, read?.Memory.ToArray());
        read?.Dispose();
    }

    [Theory]
    [InlineData(ScriptAnswer.MaxBytes, null, true)]
    [InlineData(ScriptAnswer.MaxBytes + 1, null, false)]
    [InlineData(10, ScriptAnswer.MaxBytes + 1L, false)]
    public async Task Read_OverTheLimit_IsNull(int length, long? announced, bool isFine)
    {
        var (read, outcome) = await ScriptAnswer.ReadAsync(new MemoryStream(new byte[length]), announced, null, TestContext.Current.CancellationToken);

        Assert.Equal((isFine, isFine ? FetchOutcome.Answered : FetchOutcome.TooLarge), (read is not null, outcome));
        read?.Dispose();
    }

    [Fact]
    public async Task Read_StreamThatStalls_EndsWithItsTime()
    {
        using var ending = new CancellationTokenSource(TimeSpan.FromMilliseconds(1));
        using var stalled = new StalledStream();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ScriptAnswer.ReadAsync(stalled, null, null, ending.Token));
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
