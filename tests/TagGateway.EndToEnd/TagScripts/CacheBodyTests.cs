using System.IO.Hashing;
using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>Odd bodies: too large, never twice the same, empty, cut. What is served is one whole answer of Google's, or none.</summary>
public sealed class CacheBodyTests
{
    private const int Megabyte = 1024 * 1024;
    private static readonly string[] Codings = ["br", "gzip", "identity"];

    /// <summary>Neither read to its end nor kept, however its length is told.</summary>
    [Theory]
    [InlineData("Content-Length: 67108864\r\n")]
    [InlineData("")]
    public async Task Script_Of64Megabytes_BrowserIsSentToGoogle(string length)
    {
        var sent = 0L;
        await using var google = new RawUpstream();
        google.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\n{length}Connection: close\r\n\r\n");
            var part = new byte[Megabyte];
            part.AsSpan().Fill((byte)' ');
            for (var i = 0; i < 64; i++)
            {
                await stream.WriteAsync(part);
                Interlocked.Add(ref sent, part.Length);
            }

            stream.Close();
        };
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        using var log = LogRecorder.Attach(gateway.Gateway);

        var response = await gateway.GetAsync();
        var again = await gateway.GetAsync();

        Assert.Equal((302, KeepingGateway.MainAtGoogle), (response.Status, response.Header("Location")));
        Assert.Equal(302, again.Status);
        Assert.Single(google.TakeAll());
        Assert.InRange(Interlocked.Read(ref sent), 0, 32 * Megabyte);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Script_OfFifteenMegabytes_IsServedWhole()
    {
        var body = Encoding.UTF8.GetBytes(Script.Of("G-MAIN1") + new string(' ', 15 * Megabyte));
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\n", body));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        for (var i = 0; i < 2; i++)
        {
            var response = await gateway.GetAsync();

            Assert.Equal(200, response.Status);
            Assert.True(body.AsSpan().SequenceEqual(response.Body));
        }

        Assert.Single(google.TakeAll());
    }

    /// <summary>Larger than what the cache can hold among others: passed by every visitor, and still right.</summary>
    [Fact]
    public async Task Script_TooLargeForTheMemory_IsPassedWhole()
    {
        var body = Encoding.UTF8.GetBytes(Script.Of("G-MAIN1") + new string(' ', 2 * Megabyte));
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\n", body));
        await using var gateway = await KeepingGateway.StartAsync(google.Address, root: "\"cache\": { \"memoryBytes\": 1048576 }");

        for (var i = 0; i < 3; i++)
        {
            var response = await gateway.GetAsync();

            Assert.Equal((200, body.Length), (response.Status, response.Body.Length));
            Assert.Equal("taggateway; fwd=bypass; detail=too_large", response.Header("Cache-Status"));
        }
    }

    /// <summary>Google answers each request with another script. Visitors in all codings, purges of age: every body is one of Google's as a whole, and an ETag
    /// never names two bodies.</summary>
    [Fact]
    public async Task Script_NeverTwiceTheSame_NoMixtureIsServed()
    {
        var number = 0;
        await using var google = new RawUpstream();
        google.Answer = (_, stream) =>
        {
            var body = Script.Encode(Changing(Interlocked.Increment(ref number)), "br");
            return stream.WriteAsync(Script.Answer("Content-Type: text/javascript\r\nContent-Encoding: br\r\nCache-Control: max-age=1\r\n", body)).AsTask();
        };
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        var bodies = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async visitor =>
        {
            var coding = Codings[visitor % 3];
            for (var i = 0; i < 100; i++)
            {
                var response = await gateway.GetAsync(headers: $"Accept-Encoding: {coding}\r\n");
                var text = Script.Decode(response.Body, response.Header("Content-Encoding"));

                Assert.Equal(200, response.Status);
                Assert.Equal(Changing(int.Parse(text.AsSpan(2, 9), System.Globalization.CultureInfo.InvariantCulture)), text);
                var hash = Convert.ToHexString(XxHash128.Hash(response.Body));
                Assert.True(response.Header("ETag") is { } tag && hash == bodies.GetOrAdd(tag, hash), response.Head);
                gateway.Clock.Advance(TimeSpan.FromSeconds(visitor == 0 ? 2 : 0));
            }
        }));

        Assert.InRange(number, 2, 300);
    }

    [Theory]
    [InlineData("br", "gzip")]
    [InlineData("gzip", "br")]
    [InlineData("br", "identity")]
    [InlineData("gzip", "identity")]
    [InlineData("zstd", "identity")]
    [InlineData("deflate", "deflate")]
    [InlineData("gzip, br", "br")]
    [InlineData("gzip\r\nContent-Encoding: gzip", "gzip")]
    [InlineData("aws-chunked", "identity")]
    public async Task Script_MisdeclaredCoding_StaleOneIsServed(string said, string real)
    {
        await using var google = new IllGoogle();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync();
        google.Upstream.AnswerWith(Script.Answer($"Content-Type: text/javascript\r\nContent-Encoding: {said}\r\n", Script.Encode(Script.Of("G-MAIN1") + "/*new*/", real)));
        gateway.Clock.Advance(TimeSpan.FromHours(3));

        var response = await gateway.GetAsync();

        Assert.Equal((200, Script.Of("G-MAIN1")), (response.Status, response.Text));
        Assert.Equal("taggateway; fwd=stale; detail=stale-if-error", response.Header("Cache-Status"));
    }

    /// <summary>Cut at each byte, with a sound length around it: no part of a script looks whole.</summary>
    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Script_CompressedAndCutAnywhere_IsNotServed(string coding)
    {
        var whole = Script.Encode(Script.Of("G-MAIN1"), coding);
        var end = 0;
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(
            Script.Answer($"Content-Type: text/javascript\r\nContent-Encoding: {coding}\r\n", whole.AsSpan(0, end))).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        for (end = 1; end < whole.Length; end++)
        {
            var response = await gateway.GetAsync($"/f807/?id=G-MAIN1&cx={end}");

            Assert.True(response.Status == 302, $"{end} of {whole.Length} bytes: {response.Head}");
            gateway.Clock.Advance(TimeSpan.FromSeconds(20)); // a host that always fails is left alone for a while
        }
    }

    /// <summary>Kept, it would measure nothing for a quarter of an hour, for everybody.</summary>
    [Fact]
    public async Task Script_Empty_IsLeftToGoogle()
    {
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\n", []));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        var response = await gateway.GetAsync();

        Assert.Equal((302, "https://www.googletagmanager.com/gtag/js?id=G-MAIN1"), (response.Status, response.Header("Location")));
    }

    private static string Changing(int number) =>
        string.Concat(Enumerable.Repeat($"/*{number:D9}*/", 3000)) + Script.Of("G-MAIN1");
}
