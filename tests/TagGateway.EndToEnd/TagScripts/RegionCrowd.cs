using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>Visitors of 200 regions who load ten tags of a site each, and a Google that has them all, of the size of real ones.</summary>
internal sealed class RegionCrowd : IAsyncDisposable
{
    public const int Regions = 200;
    private const int Tags = 10;
    private const int Connections = 8;
    private const int ScriptBytes = 450_000;
    private readonly RawUpstream _google = new();
    private readonly Dictionary<string, byte[]> _answers = [];

    public RegionCrowd()
    {
        foreach (var tag in Names)
        {
            _answers[tag] = Script.Answer(
                "Content-Type: application/javascript; charset=UTF-8\r\nCache-Control: private, max-age=900\r\nContent-Encoding: br\r\n", Script.Encode(Large(tag), "br"));
        }

        _google.Answer = (request, stream) => stream.WriteAsync(_answers[Names.First(tag => request.Target.Contains(tag, StringComparison.Ordinal))]).AsTask();
    }

    public static IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(0, Tags).Select(i => $"G-TAG{i}")];

    /// <summary>For a gateway that its environment alone configures.</summary>
    public (string, string)[] Environment(long cacheBytes) =>
    [
        ("TAGGATEWAY_PATH", "/f807"),
        ("TAGGATEWAY_TAG", string.Join(',', Names)),
        ("TAGGATEWAY_CONNECTTO__*", _google.Address),
        ("TAGGATEWAY_TRUSTEDPROXIES", "127.0.0.0/8"),
        ("TAGGATEWAY_CACHE__MEMORYBYTES", cacheBytes.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    public int EncodedBytes => _answers[Names[0]].Length;

    /// <summary>Everybody twice, most in br as Google sends it, some in gzip or none; each body is looked at.</summary>
    public Task VisitAsync(string address)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var client = await RawClient.ConnectAsync(address);
            for (int i; (i = Interlocked.Increment(ref next)) < Regions * Tags * 2;)
            {
                _google.TakeAll();
                var coding = (i % 16) switch { 3 => "gzip", 7 => "identity", _ => "br" };
                var (region, tag) = (i / 2 % Regions, Names[i / 2 / Regions]);
                await client.WriteAsync(KeepingGateway.Request(
                    $"/f807/?id={tag}", $"Accept-Encoding: {coding}\r\n", $"{(char)('A' + (region / 26))}{(char)('A' + (region % 26))}"));
                var response = await client.ReadAsync();
                Assert.Equal(200, response.Status);
                Assert.True(coding != "br" || _answers[tag].AsSpan().EndsWith(response.Body));
            }
        }));
    }

    public ValueTask DisposeAsync() => _google.DisposeAsync();

    /// <summary>Words that compress to about a third, as the real ones do.</summary>
    private static string Large(string tag)
    {
        var random = new Random(tag[^1]);
        var text = new StringBuilder(Script.Of(tag));
        while (text.Length < ScriptBytes)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a.b{random.NextInt64(10_000_000_000)}=function(c){{return {random.NextInt64(100_000_000_000_000)}}};");
        }

        return text.ToString();
    }
}
