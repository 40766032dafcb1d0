using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>One script in each coding: as the visitor's browser takes it, with a validator of its own.</summary>
public sealed class CacheCodingTests
{
    private static readonly string[] Codings = ["br", "gzip", "identity"];

    [Theory]
    [InlineData("br", "br", "br")]
    [InlineData("br", "gzip", "gzip")]
    [InlineData("br", "", null)]
    [InlineData("gzip", "br", "br")]
    [InlineData("gzip", "gzip", "gzip")]
    [InlineData("gzip", "identity", null)]
    [InlineData("identity", "br", "br")]
    [InlineData("identity", "gzip", "gzip")]
    [InlineData("identity", "identity", null)]
    [InlineData("br", "gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip, deflate, br, zstd", "br")]
    [InlineData("br", "zstd", null)]
    [InlineData("br", "deflate", null)]
    [InlineData("br", "*", "br")]
    [InlineData("br", "*;q=0", null)]
    [InlineData("br", "br;q=0, *", "gzip")]
    [InlineData("br", "br;q=0", null)]
    [InlineData("br", "br;q=0.000, gzip;q=0.001", "gzip")]
    [InlineData("br", "gzip;q=0, br;q=0, identity;q=0", null)]
    [InlineData("br", "BR", "br")]
    [InlineData("br", "br;q=0.1, gzip;q=0.9", "gzip")]
    [InlineData("br", "x-gzip", "gzip")]
    [InlineData("br", "br\r\nAccept-Encoding: gzip;q=0", "br")]
    [InlineData("br", " , ,br ;q=1 ,", "br")]
    [InlineData("br", "br;q=evil", null)]
    [InlineData("br", "brotli", null)]
    [InlineData("gzip", "identity;q=1, gzip;q=0.5", null)]
    public async Task Script_InAnyCoding_IsTheSameAndHasItsOwnTag(string kept, string accepted, string? coding)
    {
        var script = Script.Of("G-MAIN1") + string.Concat(Enumerable.Range(0, 2000).Select(i => $"/*é{i}*/"));
        var encoding = kept == "identity" ? "" : $"Content-Encoding: {kept}\r\n";
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer($"Content-Type: text/javascript\r\nVary: Accept-Encoding, Origin\r\nETag: \"google\"\r\n{encoding}", Script.Encode(script, kept)));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        var accept = $"Accept-Encoding: {accepted}\r\n";

        var first = await gateway.GetAsync(headers: accept);
        var second = await gateway.GetAsync(headers: accept);
        var tag = second.Header("ETag") ?? "";
        var unchanged = await gateway.GetAsync(headers: $"{accept}If-None-Match: {tag}\r\n");
        var head = await gateway.GetAsync(headers: accept, method: "HEAD");
        var others = new List<string?>();
        foreach (var other in Codings)
        {
            var changed = await gateway.GetAsync(headers: $"Accept-Encoding: {other}\r\nIf-None-Match: {tag}\r\n");
            Assert.Equal(other == (coding ?? "identity") ? 304 : 200, changed.Status);
            others.Add(changed.Header("ETag"));
        }

        Assert.Equal((200, coding, script), (first.Status, first.Header("Content-Encoding"), Script.Decode(first.Body, coding, isUtf8: true)));
        Assert.True(first.Body.AsSpan().SequenceEqual(second.Body));
        Assert.Equal(first.Header("ETag"), tag);
        Assert.Matches("\\A\"[A-Za-z0-9_-]{22}(-gz|-br)?\"\\z", tag);
        Assert.Equal(3, others.Distinct().Count());
        Assert.Equal((304, tag, "Accept-Encoding"), (unchanged.Status, unchanged.Header("ETag"), unchanged.Header("Vary")));
        Assert.Null(unchanged.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", first.Header("Vary"));
        Assert.Equal((coding, tag), (head.Header("Content-Encoding"), head.Header("ETag")));
        Assert.Equal(second.Header("Content-Length"), head.Header("Content-Length"));
        Assert.Single(google.TakeAll());
    }

    /// <summary>As it came, not made anew.</summary>
    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task Script_InGooglesCoding_IsGooglesBytes(string coding)
    {
        var body = Script.Encode(Script.Of("G-MAIN1") + new string('x', 10_000), coding);
        var encoding = coding == "identity" ? "" : $"Content-Encoding: {coding}\r\n";
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer($"Content-Type: text/javascript\r\n{encoding}", body));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        var response = await gateway.GetAsync(headers: $"Accept-Encoding: {coding}\r\n");

        Assert.Equal(body, response.Body);
    }

    [Theory]
    [InlineData("If-None-Match: *", 304)]
    [InlineData("If-None-Match: W/{0}", 304)]
    [InlineData("If-None-Match: \"x\", {0} , \"y\"", 304)]
    [InlineData("If-None-Match: \"x\"\r\nIf-None-Match: {0}", 304)]
    [InlineData("If-None-Match: \"x\"\r\nIf-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT", 200)]
    [InlineData("If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT", 304)]
    [InlineData("If-Modified-Since: Mon, 01 Jan 2023 00:00:00 GMT", 200)]
    [InlineData("If-Modified-Since: evil", 200)]
    [InlineData("If-None-Match: ", 200)]
    [InlineData("If-None-Match: \"", 200)]
    [InlineData("If-None-Match: x{0}", 200)]
    public async Task Script_ThatTheBrowserMayHave_IsAnsweredByRule(string header, int status)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(KeepingGateway.Answer(Script.Of("G-MAIN1"), "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n"));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        var tag = (await gateway.GetAsync()).Header("ETag") ?? "";

        var response = await gateway.GetAsync(headers: header.Replace("{0}", tag, StringComparison.Ordinal) + "\r\n");

        Assert.Equal((status, tag), (response.Status, response.Header("ETag")));
    }

    /// <summary>All who want a coding that is not there wait for the same making of it.</summary>
    [Fact]
    public async Task Script_CrowdInEveryCoding_AllGetIt()
    {
        var script = Script.Of("G-MAIN1") + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"/*{i}*/"));
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer("Content-Type: text/javascript\r\nContent-Encoding: br\r\n", Script.Encode(script, "br")));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        var responses = await Task.WhenAll(Enumerable.Range(0, 120).Select(async i =>
        {
            var coding = Codings[i % 3];
            return (Coding: coding, Response: await gateway.GetAsync(headers: $"Accept-Encoding: {coding}\r\n"));
        }));

        Assert.All(responses, item => Assert.Equal(script, Script.Decode(item.Response.Body, item.Response.Header("Content-Encoding"))));
        Assert.Single(google.TakeAll());
    }
}
