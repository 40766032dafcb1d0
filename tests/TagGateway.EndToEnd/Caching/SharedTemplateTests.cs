using System.Text;
using TagGateway.Caching;
using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.Routes;
using TagGateway.EndToEnd.TagScripts;

namespace TagGateway.EndToEnd.Caching;

/// <summary>Templates that gateways share: those of a later version, and whatever somebody has put in their place.</summary>
public sealed class SharedTemplateTests
{
    private const string Moved = "http://shop.example/f807/-/www.google-analytics.com/g/collect";

    [Fact]
    public async Task Template_OfAnotherGateway_IsFilledForThisVisitor()
    {
        await using var google = Google();
        await using var redis = await RedisServer.StartAsync();
        await using var first = await StartAsync(google, redis);
        await AskAsync(first);
        await IsKeptAsync(redis);

        await using var second = await StartAsync(google, redis);
        var response = await AskAsync(second);

        Assert.Contains(Moved, response.Text, StringComparison.Ordinal);
        Assert.Single(google.TakeAll());
    }

    [Theory]
    [InlineData("a\u00FF")]
    [InlineData("a\u00FFzb")]
    [InlineData("a\u00FF\u00FFo")]
    [InlineData("a\u00FFgeyIwIjoi")]
    [InlineData("a\u00FFgbm8ganNvbg\u00FF")]
    [InlineData("a\u00FFg!\u00FF")]
    [InlineData("a\u00FFgW10\u00FF")]
    [InlineData("a\u00FFgeyJcdWQ4MDAiOjF9\u00FF")]
    [InlineData(null)]
    public async Task Template_ThatCannotBeFilled_IsFetchedAnewAndReplaced(string? poison)
    {
        await using var google = Google();
        await using var redis = await RedisServer.StartAsync();
        await using (var first = await StartAsync(google, redis))
        {
            await AskAsync(first);
            await IsKeptAsync(redis);
        }

        var name = await NameAsync(redis);
        var kept = EntryFormat.Read((byte[]?)await redis.Database.StringGetAsync(name))!;
        Assert.True(kept.Head.IsTemplate);
        var body = poison is null ? "no brotli"u8.ToArray() : Script.Encode("", "br");
        if (poison is not null)
        {
            using var encoded = new PooledBuffer();
            Compression.Encode(ContentCoding.Brotli, Encoding.Latin1.GetBytes(poison), encoded);
            body = encoded.Span.ToArray();
        }

        await redis.Database.StringSetAsync(name, EntryFormat.Write(kept.Head, body, kept.Age, kept.TimeToLive), TimeSpan.FromHours(1));
        google.TakeAll();
        await using var second = await StartAsync(google, redis);
        using var log = LogRecorder.Attach(second);

        var response = await AskAsync(second);
        var again = await AskAsync(second);
        await Eventually.HoldsAsync(async () => EntryFormat.Read((byte[]?)await redis.Database.StringGetAsync(name))!.Body.Span.SequenceEqual(kept.Body.Span), "the shared one is right again");

        Assert.Contains(Moved, response.Text, StringComparison.Ordinal);
        Assert.Equal(response.Text, again.Text);
        Assert.Single(google.TakeAll());
        Assert.Empty(log.Errors);
    }

    private static RawUpstream Google()
    {
        var google = new RawUpstream();
        google.AnswerWith(Script.Answer(
            "Content-Type: text/javascript\r\nCache-Control: private, max-age=900\r\n",
            """(function(){var data={"blob":{"1":"1","3":"www.googletagmanager.com","5":"G-MAIN1"}};fetch("https://www.google-analytics.com/g/collect?v=2");load("https://"+data.blob["3"]+"/gtag/js");})();"""u8));
        return google;
    }

    private static async Task<RunningGateway> StartAsync(RawUpstream google, RedisServer redis)
    {
        var gateway = await RunningGateway.StartAsync(google.Address, FullGateway.UpstreamGoogle, $$"""
            {{RunningGateway.KnownRegion}}, "cache": { "redis": "{{redis.ConnectionString}},connectTimeout=10000,asyncTimeout=10000" }
            """);
        await SharingGateway.IsUpAsync(gateway);
        return gateway;
    }

    private static async Task<RawResponse> AskAsync(RunningGateway gateway)
    {
        var response = await FullGateway.GetAsync(gateway, "/f807/?id=G-MAIN1");
        Assert.Equal(200, response.Status);
        return response;
    }

    private static Task IsKeptAsync(RedisServer redis) => Eventually.HoldsAsync(async () => await NameAsync(redis) is not null, "the script is in Redis");

    private static async Task<string?> NameAsync(RedisServer redis) =>
        ((string[]?)await redis.Database.ExecuteAsync("KEYS", "taggateway:1:entry:*"))?.FirstOrDefault();
}
