using System.Text;
using TagGateway.Caching;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>What one visitor asks for in bulk takes a bounded part of the memory and nothing from the others.</summary>
public sealed class CacheMemoryTests
{
    private const int Megabyte = 1024 * 1024;
    private const long CacheBytes = 8 * Megabyte;
    private const string Small = "\"cache\": { \"memoryBytes\": 8388608 }";
    private const int Connections = 8;

    [Fact]
    public async Task Queries_TenThousandOfOneVisitor_HonestEntryStaysAHit()
    {
        var body = Encoding.UTF8.GetBytes(Script.Of("G-MAIN1") + new string('x', 100_000));
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\nCache-Control: private, max-age=900\r\n", body));
        await using var gateway = await KeepingGateway.StartAsync(google.Address, root: Small);
        await gateway.GetAsync();
        await gateway.GetAsync();
        var most = 0L;

        await FloodAsync(gateway, 10_000, i => $"/f807/?id=G-MAIN1&evil={i}", method: "HEAD", afterEach: () => most = Math.Max(most, gateway.Memory.Bytes));
        var asked = google.TakeAll().Count;
        var honest = await gateway.GetAsync();

        Assert.StartsWith("taggateway; hit", honest.Header("Cache-Status"), StringComparison.Ordinal);
        Assert.InRange(most, CacheBytes / 2, CacheBytes);
        // One that has to go before its own visitor has it is asked for again.
        Assert.InRange(asked, 10_001, 10_050);
    }

    [Fact]
    public async Task Visitor_ReadsSlowlyWhileTheEntryIsEvicted_GetsTheRightBytes()
    {
        var body = new byte[3 * Megabyte];
        new Random(3).NextBytes(body);
        Encoding.UTF8.GetBytes("/*").CopyTo(body, 0);
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(Script.Answer(
            "Content-Type: text/javascript\r\n", request.Target.Contains("evil", StringComparison.Ordinal) ? OtherOf(request.Target) : body)).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address, root: Small);
        using var slow = await RawClient.ConnectAsync(gateway.Gateway.Address);
        await slow.WriteAsync(KeepingGateway.Request());
        var received = new byte[4096];
        await slow.Stream.ReadExactlyAsync(received);

        for (var i = 0; i < 20; i++)
        {
            await gateway.GetAsync($"/f807/?id=G-MAIN1&evil={i}");
            await gateway.GetAsync($"/f807/?id=G-MAIN1&evil={i}");
        }

        var isKept = gateway.Memory.TryGet<Entry>(EntryKey.Of("shop", "G-MAIN1", "US-CA", "/f807/", "?id=G-MAIN1"), out _);
        var rest = new MemoryStream();
        rest.Write(received);
        var buffer = new byte[64 * 1024];
        while (!Whole(rest, body.Length))
        {
            rest.Write(buffer, 0, await slow.Stream.ReadAsync(buffer));
        }

        Assert.False(isKept);
        Assert.True(rest.ToArray().AsSpan()[^body.Length..].SequenceEqual(body));
    }

    /// <summary>The bodies of visitors who left in the middle are given back.</summary>
    [Fact]
    public async Task Visitors_LeaveInTheMiddle_NothingStaysBehind()
    {
        var body = new byte[2 * Megabyte];
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\n", body));
        await using var gateway = await KeepingGateway.StartAsync(google.Address, root: Small);
        using var log = LogRecorder.Attach(gateway.Gateway);
        await gateway.GetAsync();

        for (var i = 0; i < 40; i++)
        {
            using var client = await RawClient.ConnectAsync(gateway.Gateway.Address);
            await client.WriteAsync(KeepingGateway.Request(headers: i % 2 == 0 ? "" : "Accept-Encoding: gzip\r\n"));
            await client.Stream.ReadExactlyAsync(new byte[1000]);
            client.Close(reset: i % 3 == 0);
        }

        Assert.True(gateway.Memory.TryGet<Entry>(EntryKey.Of("shop", "G-MAIN1", "US-CA", "/f807/", "?id=G-MAIN1"), out var entry));
        gateway.Memory.Remove(PurgeScope.All);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 250 && entry.Body.TryRetain(); i++)
        {
            entry.Body.Release();
            await timer.WaitForNextTickAsync();
        }

        Assert.False(entry.Body.TryRetain());
        Assert.Empty(log.Errors);
    }

    /// <summary>As large, and another one for each target: of the same bytes there would be one in memory.</summary>
    private static byte[] OtherOf(string target)
    {
        var other = new byte[3 * Megabyte];
        Encoding.UTF8.GetBytes(target).CopyTo(other, 0);
        return other;
    }

    private static bool Whole(MemoryStream received, int bodyLength)
    {
        var head = received.GetBuffer().AsSpan(0, (int)received.Length).IndexOf("\r\n\r\n"u8);
        return head >= 0 && received.Length >= head + 4 + bodyLength;
    }

    private static Task FloodAsync(KeepingGateway gateway, int count, Func<int, string> target, string method = "GET", Action? afterEach = null)
    {
        var next = 0;
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var client = await RawClient.ConnectAsync(gateway.Gateway.Address);
            for (int i; (i = Interlocked.Increment(ref next)) <= count;)
            {
                await client.WriteAsync(KeepingGateway.Request(target(i), method: method));
                Assert.NotEqual(0, (await client.ReadAsync(method == "HEAD")).Status);
                afterEach?.Invoke();
            }
        }));
    }
}
