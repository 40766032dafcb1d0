using System.Net;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

public sealed class FaultsTests(StandInFixture standIn) : IClassFixture<StandInFixture>
{
    private const string Request = "GET /m/ HTTP/1.1\r\nHost: g-1.fps.goog\r\nConnection: close\r\n\r\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_Twice_FailsTwiceAndThenServes()
    {
        standIn.Google.Faults.Set([new() { SubPathPrefix = "ga/g/c", Times = 2, Status = 503, Body = "busy" }]);

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await standIn.GetAsync("/m/ga/g/c");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent], statuses);
    }

    [Fact]
    public async Task TryTake_OtherPathOrKind_IsNotHit()
    {
        standIn.Google.Faults.Set([new() { PathPrefix = "/other/", Kind = RequestKind.Hit, Status = 500 }]);

        using var otherPath = await standIn.GetAsync("/m/ga/g/c");
        using var otherKind = await standIn.GetAsync("/other/");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.OK), (otherPath.StatusCode, otherKind.StatusCode));
    }

    [Fact]
    public async Task Reset_Request_ClosesWithoutAnAnswer()
    {
        standIn.Google.Faults.Set([new() { Reset = true }]);

        Assert.Equal("", await RawHttp.SendAsync(standIn.Google.HttpAddress, Request, Cancellation));
    }

    [Fact]
    public async Task HalfBody_Script_EndsBeforeItsAnnouncedLength()
    {
        standIn.Google.Faults.Set([new() { HalfBody = true }]);

        await Assert.ThrowsAsync<HttpRequestException>(() => standIn.GetAsync("/m/"));
    }

    [Fact]
    public async Task StallAfterBytes_Script_SendsSoMuchAndWaits()
    {
        standIn.Google.Faults.Set([new() { StallAfterBytes = 10 }]);
        using var client = new HttpClient { BaseAddress = standIn.Google.HttpAddress, DefaultRequestHeaders = { Host = "g-1.fps.goog" } };

        using var answer = await client.GetAsync("/m/", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        await body.ReadExactlyAsync(new byte[10], Cancellation);

        Assert.False(body.ReadAsync(new byte[1], Cancellation).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Delay_Time_AnswersWhenItHasPassed()
    {
        var time = new FakeTimeProvider();
        await using var google = await GoogleStandIn.StartAsync(new() { TimeProvider = time }, Cancellation);
        google.Faults.Add(new() { Delay = TimeSpan.FromMinutes(5) });
        using var client = new HttpClient { BaseAddress = google.HttpAddress, DefaultRequestHeaders = { Host = "g-1.fps.goog" } };
        var answering = client.GetAsync("/m/healthy", Cancellation);
        await google.Recorder.WaitForAsync(_ => true, cancellationToken: Cancellation);
        Assert.False(answering.IsCompleted);

        // The delay's timer starts shortly after the record: advance until it has fired.
        while (!answering.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        using var answer = await answering;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Headers_ManyOddOnes_AreSentAsTold()
    {
        standIn.Google.Faults.Set([new() { ExtraHeaderBytes = 20_000, NonAsciiHeader = true, ContentType = "text/html", Headers = [new("Set-Cookie", "a=1"), new("Set-Cookie", "b=2")] }]);

        var answer = await RawHttp.SendAsync(standIn.Google.HttpAddress, Request, Cancellation);

        Assert.Contains("X-Odd: caf\u00e9 \u00ff\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/html\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(20_000, answer.Split("\r\n").Where(line => line.StartsWith("X-Extra-", StringComparison.Ordinal)).Sum(line => line.Split(": ")[1].Length));
    }

    [Fact]
    public async Task BodyBytes_Script_IsFilledToThatSize()
    {
        standIn.Google.Faults.Set([new() { BodyBytes = 3_000_000 }]);

        using var answer = await standIn.GetAsync("/m/", ("Accept-Encoding", "br"));

        Assert.Equal(3_000_000, answer.Content.Headers.ContentLength);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }
}
