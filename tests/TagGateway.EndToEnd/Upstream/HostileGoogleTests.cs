using System.IO.Compression;
using TagGateway.EndToEnd.Attacks;
using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.TagScripts;
using TagGateway.Limits;

namespace TagGateway.EndToEnd.Upstream;

/// <summary>A Google that answers with all that it should not, to whatever clients make up: what is held stays within the budget, ends with the time of a request,
/// and takes nothing from those who ask for the site's own script.</summary>
[Collection(nameof(AttackTests))]
public sealed class HostileGoogleTests
{
    private const int Megabyte = 1024 * 1024;
    private const long Budget = 128 * Megabyte;

    /// <summary>Just within the largest body that is taken.</summary>
    private const int LargeBytes = 16 * Megabyte - 100_000;

    /// <summary>Made once: what the stand-in computes takes cores from the gateway beside it.</summary>
    private static readonly byte[] Bomb = CreateBomb();
    private static readonly byte[] Own = KeepingGateway.Answer(Script.Of("G-MAIN1"));

    [Theory]
    [InlineData("large", "x", 256)]
    [InlineData("large", "gtm_debug", 200)]
    [InlineData("announced", "x", 256)]
    [InlineData("announced", "gtm_debug", 200)]
    [InlineData("endless", "x", 100)]
    [InlineData("dripping", "x", 100)]
    [InlineData("dripping", "gtm_debug", 100)]
    [InlineData("bomb", "x", 256)]
    [InlineData("bomb", "gtm_debug", 200)]
    [InlineData("large", "l", 256)]
    public async Task Answers_ToManyMadeUpLoads_StayWithinTheBudgetAndEnd(string kind, string parameter, int count)
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => request.Target.Contains(parameter + "=", StringComparison.Ordinal) ? AnswerAsync(kind, stream) : stream.WriteAsync(Own).AsTask();
        await using var gateway = await RunningGateway.StartAsync(
            google.Address,
            "\"beacons\": { \"timeout\": \"00:00:10\" }",
            $"\"trustedProxies\": [\"127.0.0.1\"], \"limits\": {{ \"memoryBytes\": {Budget} }}");
        var budget = gateway.Get<MemoryBudget>();
        using var log = LogRecorder.Attach(gateway);

        // Eight of each client: what one may have at a time.
        var attack = Enumerable.Range(0, count).Select(i => AskAsync(gateway, $"/f807/?id=G-MAIN1&{parameter}={i}", $"198.51.{i / 8}.1")).ToList();
        await Eventually.HoldsAsync(() => budget.Bytes > Megabyte || attack.TrueForAll(one => one.IsCompleted), "the attack has begun");
        var others = new List<RawResponse>();
        for (var i = 0; i < 20; i++)
        {
            others.Add(await AskAsync(gateway, KeepingGateway.Main, "203.0.113.7", $"US-{i}"));
        }

        var answers = await Task.WhenAll(attack);
        var most = budget.TakeMostBytes();
        await Eventually.HoldsAsync(() => budget.Bytes == 0, "all memory is given back");

        Assert.All(others, other => Assert.Equal((200, true), (other.Status, other.IsWhole)));
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 302, answer.Head));
        Assert.Contains(answers, answer => answer.Status == 302);
        Assert.InRange(most, 1, Budget);
        Assert.Empty(log.Errors);
        Assert.Equal(200, (await AskAsync(gateway, $"/f807/?id=G-MAIN1&{parameter}-is-well", "198.51.0.1")).Status);
    }

    private static Task<RawResponse> AskAsync(RunningGateway gateway, string target, string client, string region = "US-CA") => gateway.SendAsync(
        $"GET {target} HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-For: {client}\r\nX-Forwarded-CountryRegion: {region}\r\nConnection: close\r\n\r\n");

    private static async Task AnswerAsync(string kind, Stream stream)
    {
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nCache-Control: private, max-age=900\r\n";
        switch (kind)
        {
            case "large":
                await RawUpstream.WriteAsync(stream, $"{Head}Connection: close\r\n\r\n");
                await stream.WriteAsync(new byte[LargeBytes]);
                await WaitAsync(stream);
                break;
            case "announced":
                await RawUpstream.WriteAsync(stream, $"{Head}Content-Length: {LargeBytes}\r\n\r\n");
                await WaitAsync(stream);
                break;
            case "endless":
                await RawUpstream.WriteAsync(stream, $"{Head}Connection: close\r\n\r\n");
                while (true)
                {
                    await stream.WriteAsync(new byte[64 * 1024]);
                }

            case "dripping":
                await RawUpstream.WriteAsync(stream, $"{Head}Content-Length: {LargeBytes}\r\n\r\n");
                using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100)))
                {
                    while (await timer.WaitForNextTickAsync())
                    {
                        await stream.WriteAsync(new byte[1]);
                    }
                }

                break;
            default:
                await RawUpstream.WriteAsync(stream, $"{Head}Content-Encoding: br\r\nContent-Length: {Bomb.Length}\r\n\r\n");
                await stream.WriteAsync(Bomb);
                break;
        }
    }

    /// <summary>Never whole: until the gateway gives up.</summary>
    private static async Task WaitAsync(Stream stream)
    {
        _ = await stream.ReadAsync(new byte[1]);
        stream.Close();
    }

    private static byte[] CreateBomb()
    {
        var target = new byte[64 * 1024];
        Assert.True(BrotliEncoder.TryCompress(new byte[64 * Megabyte], target, out var length, quality: 1, window: 22));
        return target[..length];
    }
}
