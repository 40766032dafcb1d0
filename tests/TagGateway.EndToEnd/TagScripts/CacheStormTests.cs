using Microsoft.Extensions.DependencyInjection;
using TagGateway.Caching;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>All at once: a memory that holds a few of the scripts, visitors in every coding who leave in the middle, purges, time that flies, and a Google that is
/// ill half of the time. Whoever gets a script gets the right one, whole.</summary>
public sealed class CacheStormTests
{
    private const int Visitors = 10;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);
    private static readonly string[] Regions = ["US-CA", "US-NY", "DE-BE", "DE", "FR", "AT", "JP-13", "BR"];
    private static readonly string[] Tags = ["G-MAIN1", "G-OTHER2"];
    private static readonly string[] Codings = ["br", "gzip", "identity"];

    [Fact]
    public async Task Script_InAStorm_IsTheRightOneOrNone()
    {
        await using var google = new RawUpstream { Answer = AnswerAsync };
        await using var gateway = await KeepingGateway.StartAsync(google.Address, root: "\"cache\": { \"memoryBytes\": 1048576 }");
        using var log = LogRecorder.Attach(gateway.Gateway);
        var purge = gateway.Gateway.Services.GetRequiredService<PurgeEntries>();
        using var stop = new CancellationTokenSource(Duration);

        var visits = Enumerable.Range(0, Visitors).Select(i => VisitAsync(gateway, new Random(i), stop.Token)).ToList();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            google.TakeAll();
            gateway.Clock.Advance(TimeSpan.FromMinutes(2));
            if (i % 10 == 0)
            {
                await purge(new PurgeScope("shop", Tags[i / 10 % 2]), CancellationToken.None);
            }
        }

        var served = await Task.WhenAll(visits);
        await purge(PurgeScope.All, CancellationToken.None);

        Assert.All(served, count => Assert.InRange(count, 20, int.MaxValue));
        // A fill that failed after the purge may have left its mark.
        Assert.InRange(gateway.Memory.Bytes, 0, 100_000);
        Assert.Empty(log.Errors);
    }

    private static async Task AnswerAsync(RecordedRequest request, Stream stream)
    {
        var region = request.Header("X-Forwarded-CountryRegion") ?? "";
        var tag = Tags.First(tag => request.Target.Contains(tag, StringComparison.Ordinal));
        var random = Random.Shared.Next(12);
        await (random switch
        {
            0 => RawUpstream.WriteAsync(stream, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
            1 => Upstream.Fault.Closes("HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: 9999\r\n\r\nhalf", reset: true)(request, stream),
            2 => RawUpstream.WriteAsync(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
            3 => stream.WriteAsync(Script.Answer("Content-Type: text/javascript\r\nContent-Encoding: br\r\n", "broken"u8)).AsTask(),
            4 when request.Header("If-None-Match") is not null => RawUpstream.WriteAsync(stream, "HTTP/1.1 304 Not Modified\r\nETag: \"g\"\r\nCache-Control: max-age=900\r\n\r\n"),
            _ => WriteScriptAsync(stream, region, tag, Codings[random % 3]),
        });
    }

    private static Task WriteScriptAsync(Stream stream, string region, string tag, string coding)
    {
        var encoding = coding == "identity" ? "" : $"Content-Encoding: {coding}\r\n";
        return stream.WriteAsync(Script.Answer(
            $"Content-Type: text/javascript\r\nETag: \"g\"\r\nCache-Control: max-age=900\r\n{encoding}", Script.Encode(Text(region, tag, Random.Shared.Next(900) + 100), coding))).AsTask();
    }

    /// <summary>Some 120 KB, the same mark in each line.</summary>
    private static string Text(string region, string tag, int number) =>
        string.Concat(Enumerable.Repeat($"/*{number} {tag} {region}*/\n", 5000)) + Script.Of(tag);

    /// <summary>How many scripts came, whole.</summary>
    private static async Task<int> VisitAsync(KeepingGateway gateway, Random random, CancellationToken stop)
    {
        var served = 0;
        while (!stop.IsCancellationRequested)
        {
            var (region, tag, coding) = (Regions[random.Next(Regions.Length)], Tags[random.Next(2)], Codings[random.Next(3)]);
            using var client = await RawClient.ConnectAsync(gateway.Gateway.Address);
            await client.WriteAsync(KeepingGateway.Request($"/f807/?id={tag}", $"Accept-Encoding: {coding}\r\n", region));
            if (random.Next(8) == 0)
            {
                client.Close(reset: random.Next(2) == 0);
                continue;
            }

            var response = await client.ReadAsync();
            Assert.True(response.Status is 200 or 302 or 404, response.Head);
            if (response.Status == 200)
            {
                Assert.True(response.IsWhole, response.Head);
                var text = Script.Decode(response.Body, response.Header("Content-Encoding"));
                var number = int.Parse(text.AsSpan(2, 3), System.Globalization.CultureInfo.InvariantCulture);
                Assert.True(Text(region, tag, number) == text, $"{tag} in {region}: {text[..40]}");
                served++;
            }
        }

        return served;
    }
}
