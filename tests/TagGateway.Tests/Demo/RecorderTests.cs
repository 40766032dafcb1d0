using System.Text;
using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

public sealed class RecorderTests(StandInFixture standIn) : IClassFixture<StandInFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_ByRawSocket_IsRecordedByteForByte()
    {
        var head = "POST /Raw1/ga/g/c?v=2&uafvl=Not%253AA-Brand%3B8&x=%zz&last HTTP/1.1\r\nuser-AGENT: caf\u00e9 \u00ff\r\nX-B: 1\r\nAccept: */*\r\nX-A: 2\r\nX-B:  3 \r\nHost: g-test1.FPS.goog\r\nCookie: _ga=1\r\nCookie: _gid=2\r\nContent-Length: 5\r\nConnection: close\r\n\r\n";

        await RawHttp.SendAsync(standIn.Google.HttpAddress, head + "en=\u00e9\r", Cancellation);

        var recorded = Assert.Single(standIn.Google.Recorder.Requests, request => request.MeasurementPath == "/Raw1/");
        Assert.Equal(head, Encoding.Latin1.GetString(recorded.RawHead!));
        Assert.Equal("/Raw1/ga/g/c?v=2&uafvl=Not%253AA-Brand%3B8&x=%zz&last", recorded.RawTarget);
        Assert.Equal("en=\u00e9\r"u8.Length, recorded.Body.Length + 1);
        Assert.Equal("en=\u00e9\r", Encoding.Latin1.GetString(recorded.Body));
        Assert.Equal(
            [
                new("user-AGENT", "caf\u00e9 \u00ff"), new("X-B", "1"), new("Accept", "*/*"), new("X-A", "2"), new("X-B", "3"), new("Host", "g-test1.FPS.goog"),
                new("Cookie", "_ga=1"), new("Cookie", "_gid=2"), new("Content-Length", "5"), new("Connection", "close"),
            ],
            recorded.Headers);
    }

    [Fact]
    public async Task Request_SecondOnTheConnection_HasItsOwnHead()
    {
        var first = "POST /raw2/g/collect HTTP/1.1\r\nHost: g-1.fps.goog\r\nTransfer-Encoding: chunked\r\nX-N: 1\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        var second = "GET /raw2/g/collect HTTP/1.1\r\nX-N: 2\r\nHost: g-1.fps.goog\r\nConnection: close\r\n\r\n";

        await RawHttp.SendAsync(standIn.Google.HttpAddress, first + second, Cancellation);

        var recorded = standIn.Google.Recorder.Requests.Where(request => request.MeasurementPath == "/raw2/").ToList();
        Assert.Equal(["1", "2"], recorded.Select(request => request.Header("x-n")));
        Assert.Equal("abc", recorded[0].BodyText);
        Assert.Equal(second, Encoding.Latin1.GetString(recorded[1].RawHead!));
    }

    [Fact]
    public async Task Request_SenderBreaksOff_IsRecordedAsIncomplete()
    {
        using (var client = new System.Net.Sockets.TcpClient())
        {
            await client.ConnectAsync(standIn.Google.HttpAddress.Host, standIn.Google.HttpAddress.Port, Cancellation);
            await client.GetStream().WriteAsync("POST /raw3/g/collect HTTP/1.1\r\nHost: g-1.fps.goog\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray(), Cancellation);
        }

        var recorded = (await standIn.Google.Recorder.WaitForAsync(request => request.MeasurementPath == "/raw3/", cancellationToken: Cancellation))[0];

        Assert.False(recorded.BodyComplete);
    }

    [Fact]
    public async Task WaitForAsync_RequestsBeforeAndAfter_ReturnsAllOfThem()
    {
        var recorder = new Recorder();
        recorder.Add(Request("/a"));
        var waiting = recorder.WaitForAsync(request => request.RawTarget == "/a", 2, cancellationToken: Cancellation);

        recorder.Add(Request("/b"));
        Assert.False(waiting.IsCompleted);
        recorder.Add(Request("/a"));

        Assert.Equal([1, 3], (await waiting).Select(request => request.Number));
    }

    [Fact]
    public async Task WaitForAsync_NothingMatches_ThrowsAndNamesWhatCame()
    {
        var recorder = new Recorder();
        recorder.Add(Request("/seen"));

        var waiting = recorder.WaitForAsync(_ => false, 1, TimeSpan.FromMilliseconds(1), Cancellation);

        Assert.Contains("/seen", (await Assert.ThrowsAsync<TimeoutException>(() => waiting)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_MoreThanCapacity_DropsTheOldest()
    {
        var recorder = new Recorder();
        for (var i = 0; i < Recorder.Capacity + 5; i++)
        {
            recorder.Add(Request("/a"));
        }

        Assert.Equal(Recorder.Capacity, recorder.Requests.Count);
        Assert.Equal(6, recorder.Requests[0].Number);
        Assert.Equal(Recorder.Capacity + 5, recorder.Count);
    }

    [Fact]
    public async Task ListenAsync_Request_ArrivesLive()
    {
        var recorder = new Recorder();
        await using var live = recorder.ListenAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        var next = live.MoveNextAsync();

        recorder.Add(Request("/live"));

        Assert.True(await next);
        Assert.Equal("/live", live.Current.RawTarget);
    }

    private static RecordedRequest Request(string target) =>
        new() { Method = "GET", Scheme = "http", Protocol = "HTTP/1.1", Host = "g-1.fps.goog", RawTarget = target, Headers = [] };
}
