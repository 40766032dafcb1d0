using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>A script answer that says it is a foreign tag's, in whatever disguise, is not served; what no browser runs passes with <c>nosniff</c>.</summary>
public sealed class ForeignAnswerTests
{
    /// <summary>Each with Google's own address of what it asks for, if it asks for a script.</summary>
    private static readonly (string Path, string? Address)[] Paths =
    [
        ("/f807/", "https://www.googletagmanager.com/gtag/js?id=G-MAIN1"),
        ("/f807/?id=G-MAIN1", "https://www.googletagmanager.com/gtag/js?id=G-MAIN1"),
        ("/f807/gtag/js?id=G-OTHER2", "https://www.googletagmanager.com/gtag/js?id=G-OTHER2"),
        ("/f807/C_mYUAFo3kAbCdEf", null),
        ("/f807/ag/g/c?v=2", null),
    ];

    [Theory]
    [InlineData("application/javascript")]
    [InlineData("text/javascript; charset=UTF-8")]
    [InlineData("TEXT/JavaScript")]
    [InlineData("application/x-javascript")]
    [InlineData("application/ecmascript")]
    [InlineData("text/javascript1.5")]
    [InlineData("text/jscript")]
    [InlineData("text/livescript")]
    [InlineData(" text/javascript ")]
    [InlineData("text/javascript;")]
    [InlineData("text/plain, text/javascript")]
    [InlineData("text/plain; a=b, text/javascript")]
    [InlineData("text/html; a=\"b\", text/javascript")]
    [InlineData("text/plain\r\nContent-Type: text/javascript")]
    [InlineData("text/javascript\r\nContent-Type: text/plain")]
    public async Task Script_ForeignOfAnyJavaScriptType_IsNotServed(string type) =>
        await AssertNotServedAsync(Script.Answer($"Content-Type: {type}\r\n", Encoding.UTF8.GetBytes(Script.Foreign)), isNamed: true);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Script_ForeignCompressed_IsNotServed(string coding) =>
        await AssertNotServedAsync(Script.Answer($"Content-Type: text/javascript\r\nContent-Encoding: {coding.ToUpperInvariant()}\r\n", Script.Encode(Script.Foreign, coding)), isNamed: true);

    [Theory]
    [InlineData("zstd", "identity")]
    [InlineData("br, gzip", "gzip")]
    [InlineData("gzip\r\nContent-Encoding: gzip", "gzip")]
    [InlineData("gzip", "identity")]
    [InlineData("gzip", "br")]
    [InlineData("br", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("x-unknown", "identity")]
    [InlineData(",", "identity")]
    public async Task Script_UnreadableEncoding_IsNotServed(string said, string real) =>
        await AssertNotServedAsync(Script.Answer($"Content-Type: text/javascript\r\nContent-Encoding: {said}\r\n", Script.Encode(Script.Foreign, real)), isNamed: false);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Script_TruncatedCompression_IsNotServed(string coding)
    {
        // Long enough that the truncated part decodes to some script before the blob.
        var random = new Random(1);
        var filler = string.Concat(Enumerable.Range(0, 40_000).Select(_ => (char)random.Next('a', 'z')));
        var whole = Script.Encode($"/*{filler}*/{Script.Foreign}", coding);

        await AssertNotServedAsync(Script.Answer($"Content-Type: text/javascript\r\nContent-Encoding: {coding}\r\n", whole.AsSpan(0, whole.Length - 200)), isNamed: false);
    }

    [Theory]
    [InlineData("""var a={"blob":{"5":"G-MAIN1"}};var b={"blob":{"5":"GTM-EVIL"}}; /*evil-9f3c61*/""")]
    [InlineData("""var a={"blob":{"5":"GTM-EVIL"}};var b={"blob":{"5":"G-MAIN1"}}; /*evil-9f3c61*/""")]
    [InlineData("""var a={"blob"   :   {  "1" : 1 , "5"  :  "GTM-EVIL" } }; /*evil-9f3c61*/""")]
    [InlineData("var a={\"blob\"\t\r\n:\r\n\t{\r\n\"5\"\r\n:\t\"GTM-EVIL\"}}; /*evil-9f3c61*/")]
    [InlineData("""/*evil-9f3c61*/ var a={"blob":{"5":"GTM-EVIL"}}""")]
    [InlineData("""/*evil-9f3c61*/ var a={"blob":{"5":"GTM-EVIL" """)]
    [InlineData("""var a={"blob":{"34":"GTM-EVIL"}}; /*evil-9f3c61*/""")]
    [InlineData("""var a={"blob":{"10":"GTM-EVIL|GT-BAD"}}; /*evil-9f3c61*/""", false)]
    [InlineData("""var a={"blob":{"\u0035":"\u0047TM-EVIL"}}; /*evil-9f3c61*/""")]
    [InlineData("""var a={"blob":{"46":{"1":{"2":[1,2,{"5":"G-MAIN1"}]}},"5":"GTM-EVIL"}}; /*evil-9f3c61*/""")]
    [InlineData("""var a={"blob":{"5":"G-MAIN1","5":"GTM-EVIL"}}; /*evil-9f3c61*/""")]
    [InlineData("""var a={"blob":{"5":"GTM-EVIL","x":undefined}}; /*evil-9f3c61*/""")]
    [InlineData("""var s='"blob"';var a={"blob":{"5":"GTM-EVIL"}}; /*evil-9f3c61*/""")]
    [InlineData("""var a={"blob":{"blob":{"5":"G-MAIN1"},"5":"GTM-EVIL"}}; /*evil-9f3c61*/""")]
    [InlineData("""var a={"blob":{"5":"<script>"}}; /*evil-9f3c61*/""", false)]
    public async Task Script_ForeignBlobInAnyForm_IsNotServed(string script, bool isNamed = true) =>
        await AssertNotServedAsync(Script.Answer("Content-Type: text/javascript\r\n", Encoding.UTF8.GetBytes(script)), isNamed);

    /// <summary>Browsers run a part of a script as if it were the whole (web-platform-tests, fetch/range/partial-script): not even its blob need be in it.</summary>
    [Theory]
    [InlineData("bytes 0-9/10")]
    [InlineData("bytes 90000-90009/90010")]
    public async Task Script_PartOfOne_IsNotServed(string range)
    {
        var part = Encoding.UTF8.GetBytes($"/*{Script.Evil}*/");
        await AssertNotServedAsync(
            [.. Encoding.Latin1.GetBytes($"HTTP/1.1 206 Partial Content\r\nContent-Type: text/javascript\r\nContent-Range: {range}\r\nContent-Length: {part.Length}\r\n\r\n"), .. part],
            isNamed: false);
    }

    [Fact]
    public async Task Script_BlobBehindMegabytes_IsNotServed() =>
        await AssertNotServedAsync(Script.Answer("Content-Type: text/javascript\r\n", Encoding.UTF8.GetBytes(new string(' ', 3_000_000) + Script.Foreign)), isNamed: true);

    [Fact]
    public async Task Script_DecompressionBomb_IsNotServed() =>
        await AssertNotServedAsync(Script.Answer("Content-Type: text/javascript\r\nContent-Encoding: gzip\r\n", Script.Encode(new string(' ', 60_000_000), "gzip")), isNamed: false);

    /// <summary>With <c>nosniff</c> no browser runs these as scripts; opened as documents the markup has no rights.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("Content-Type: text/plain\r\n", false)]
    [InlineData("Content-Type: image/gif\r\nX-Content-Type-Options: sniff\r\n", false)]
    [InlineData("Content-Type: image/svg+xml\r\n", true)]
    [InlineData("Content-Type: text/html\r\nContent-Security-Policy: default-src *\r\n", true)]
    [InlineData("Content-Type: application/xhtml+xml\r\n", true)]
    public async Task Script_ForeignWithoutJavaScriptType_CannotRun(string headers, bool isSandboxed)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer(headers, Encoding.UTF8.GetBytes(Script.Foreign)));
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        foreach (var (path, _) in Paths)
        {
            var response = await gateway.SendAsync($"GET {path} HTTP/1.1\r\nHost: shop.example\r\n\r\n");

            Assert.Equal(200, response.Status);
            Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
            Assert.Equal(isSandboxed ? "sandbox; default-src 'none'" : null, response.Header("Content-Security-Policy"));
        }
    }

    private static async Task AssertNotServedAsync(byte[] answer, bool isNamed)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(answer);
        await using var passing = await RunningGateway.StartAsync(google.Address);
        await using var keeping = await RunningGateway.StartAsync(google.Address, root: RunningGateway.KnownRegion);

        foreach (var gateway in new[] { passing, keeping, keeping })
        {
            foreach (var (path, address) in Paths)
            {
                var response = await gateway.SendAsync($"GET {path} HTTP/1.1\r\nHost: shop.example\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n");

                Script.AssertNotServed(response);
                var location = isNamed ? "https://www.googletagmanager.com/gtm.js?id=GTM-EVIL" : address;
                Assert.Equal(location is null ? 502 : 302, response.Status);
                Assert.Equal(location, response.Header("Location"));
            }
        }
    }
}
