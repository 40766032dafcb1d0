using System.Text;
using TagGateway.Caching;
using TagGateway.Receiving;
using TagGateway.TagScripts;
using TagGateway.Tests.Caching;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.TagScripts;

/// <summary>Bodies are counted by references: after whatever may happen the store alone holds one, and an empty store holds nothing.</summary>
[Collection(Alone.Name)]
public sealed class HeldBytesTests
{
    /// <summary>Large enough to lie outside the heap.</summary>
    private static readonly string Script = "{\"blob\":{\"5\":\"G-MAIN1\"}};" + string.Concat(Enumerable.Range(0, 4000).Select(i => $"var v{i}={i * 7919};"));

    public static TheoryData<string> Scenarios => [.. All.Keys];

    private static Dictionary<string, Func<SomeScripts, Task>> All => new()
    {
        ["one visitor"] = async scripts =>
        {
            scripts.Google.Always(() => FakeGoogle.Script(Script));
            await scripts.AskAsync();
        },
        ["a thousand visitors at once, in every coding"] = async scripts =>
        {
            scripts.Google.Always(() => FakeGoogle.Script(Encode(ContentCoding.Brotli, Script), "br"));
            string[] codings = ["br", "gzip", "identity"];
            await Task.WhenAll(Enumerable.Range(0, 999).Select(i => scripts.AskAsync(prepare: request => request.Headers.AcceptEncoding = codings[i % 3])));
            Assert.Single(scripts.Google.Asked);
        },
        ["replaced"] = async scripts =>
        {
            scripts.Google.Answer(() => FakeGoogle.Script(Script));
            scripts.Google.Answer(() => FakeGoogle.Script(Script + "2"));
            await scripts.AskAsync(prepare: request => request.Headers.AcceptEncoding = "gzip");
            scripts.Time.Advance(TimeSpan.FromHours(3));
            await scripts.AskAsync(prepare: request => request.Headers.AcceptEncoding = "gzip");
        },
        ["revalidated, and again"] = async scripts =>
        {
            scripts.Google.Answer(() => FakeGoogle.Script(Script, headers: ("ETag", "\"g\"")));
            scripts.Google.Always(() => FakeGoogle.Status(304));
            for (var i = 0; i < 3; i++)
            {
                await scripts.AskAsync();
                scripts.Time.Advance(TimeSpan.FromHours(3));
            }
        },
        ["not modified"] = async scripts =>
        {
            scripts.Google.Always(() => FakeGoogle.Script(Script));
            var tag = (await scripts.AskAsync()).Context.Response.Headers.ETag;
            await scripts.AskAsync(prepare: request => request.Headers.IfNoneMatch = tag);
        },
        ["304 that forbids keeping"] = async scripts =>
        {
            scripts.Google.Answer(() => FakeGoogle.Script(Script, headers: ("ETag", "\"g\"")));
            scripts.Google.Always(() => With(FakeGoogle.Status(304), "Cache-Control", "no-store"));
            await scripts.AskAsync();
            scripts.Time.Advance(TimeSpan.FromHours(3));
            await scripts.AskAsync();
        },
        ["304 that nobody asked for"] = async scripts =>
        {
            scripts.Google.Always(() => FakeGoogle.Status(304));
            await scripts.AskAsync();
        },
        ["stale in need"] = async scripts =>
        {
            scripts.Google.Answer(() => FakeGoogle.Script(Script));
            await scripts.AskAsync();
            scripts.Time.Advance(TimeSpan.FromHours(3));
            await scripts.AskAsync();
        },
        ["stale, refused by Google"] = async scripts =>
        {
            scripts.Google.Answer(() => FakeGoogle.Script(Script));
            scripts.Google.Always(() => FakeGoogle.Status(404));
            await scripts.AskAsync();
            scripts.Time.Advance(TimeSpan.FromHours(3));
            await scripts.AskAsync();
        },
        ["stale, now another tag's"] = async scripts =>
        {
            scripts.Google.Answer(() => FakeGoogle.Script(Script));
            scripts.Google.Always(() => FakeGoogle.Script("{\"blob\":{\"5\":\"G-FOREIGN3\"}}"));
            await scripts.AskAsync();
            scripts.Time.Advance(TimeSpan.FromHours(3));
            await scripts.AskAsync();
        },
        ["foreign"] = Ask(() => FakeGoogle.Script("{\"blob\":{\"5\":\"G-FOREIGN3\"}}")),
        ["unreadable"] = Ask(() => FakeGoogle.Script(Encoding.UTF8.GetBytes(Script), "br")),
        ["cut short in its coding"] = Ask(() => FakeGoogle.Script(Encode(ContentCoding.Gzip, Script)[..100], "gzip")),
        ["empty"] = Ask(() => FakeGoogle.Script("")),
        ["no-store"] = Ask(() => FakeGoogle.Script(Script, "no-store")),
        ["already stale, without validator"] = Ask(() => FakeGoogle.Script(Script, "max-age=60, must-revalidate", ("Age", "100"))),
        ["too large for the store"] = Ask(() => FakeGoogle.Script(new string(' ', 5 * 1024 * 1024))),
        ["a variant too large for the store"] = async scripts =>
        {
            scripts.Google.Always(() => FakeGoogle.Script(Encode(ContentCoding.Brotli, new string(' ', 5 * 1024 * 1024)), "br"));
            await scripts.AskAsync();
        },
        ["purged while it is fetched"] = async scripts =>
        {
            scripts.Google.Always(() =>
            {
                scripts.Purge(PurgeScope.All);
                return FakeGoogle.Script(Script);
            });
            Assert.Equal(ScriptBypass.Purged, (await scripts.AskAsync()).Bypass);
        },
        ["purged while a stale one is revalidated"] = async scripts =>
        {
            scripts.Google.Answer(() => FakeGoogle.Script(Script, headers: ("ETag", "\"g\"")));
            scripts.Google.Always(() =>
            {
                scripts.Purge(PurgeScope.All);
                return FakeGoogle.Status(304);
            });
            await scripts.AskAsync();
            scripts.Time.Advance(TimeSpan.FromHours(3));
            await scripts.AskAsync();
        },
        ["evicted while it is served"] = async scripts =>
        {
            scripts.Google.Always(() => FakeGoogle.Script(Script));
            await scripts.AskAsync();
            var visitor = new SlowBody(() => scripts.Purge(PurgeScope.All));
            await scripts.AskAsync(prepare: request => request.HttpContext.Response.Body = visitor);
            Assert.Equal(Script, visitor.Text);
        },
        ["visitor goes while it is served"] = async scripts =>
        {
            scripts.Google.Always(() => FakeGoogle.Script(Script));
            await scripts.AskAsync();
            var visitor = new SlowBody(() => throw new IOException("gone"));
            await Assert.ThrowsAsync<IOException>(() => scripts.AskAsync(prepare: request => request.HttpContext.Response.Body = visitor));
        },
        ["visitor goes before it comes"] = async scripts =>
        {
            using var gone = new CancellationTokenSource();
            scripts.Google.Always(() =>
            {
                gone.Cancel();
                return FakeGoogle.Script(Script);
            });
            await scripts.AskAsync(prepare: request => request.HttpContext.RequestAborted = gone.Token);
            await scripts.FilledAsync();
        },
        ["head"] = async scripts =>
        {
            scripts.Google.Always(() => FakeGoogle.Script(Script));
            await scripts.AskAsync(prepare: request => request.Method = "HEAD");
        },
        ["gateway stops during the fetch"] = async scripts =>
        {
            scripts.Google.Always((_, ending) =>
            {
                scripts.Lifetime.StopApplication();
                return FakeGoogle.NeverAsync(ending);
            });
            await scripts.AskAsync();
        },
        ["gateway stops while a stale one is revalidated"] = async scripts =>
        {
            scripts.Google.Answer(() => FakeGoogle.Script(Script, headers: ("ETag", "\"g\"")));
            scripts.Google.Always((_, ending) =>
            {
                scripts.Lifetime.StopApplication();
                return FakeGoogle.NeverAsync(ending);
            });
            await scripts.AskAsync();
            scripts.Time.Advance(TimeSpan.FromHours(3));
            await scripts.AskAsync();
        },
        ["own fault"] = async scripts =>
        {
            scripts.Google.Answer(() => FakeGoogle.Script(Script, headers: ("ETag", "\"g\"")));
            scripts.Google.Always((_, _) => throw new NotSupportedException());
            await scripts.AskAsync();
            scripts.Time.Advance(TimeSpan.FromHours(3));
            await scripts.AskAsync();
        },
        ["a crowd of queries that bring the same script"] = async scripts =>
        {
            scripts.Google.Always(() => FakeGoogle.Script(Script));
            for (var i = 0; i < 300; i++)
            {
                await scripts.AskAsync($"?id=G-MAIN1&x={i}", prepare: request => request.Headers.AcceptEncoding = i % 2 == 0 ? "gzip" : "br");
            }

            Assert.Equal(0, scripts.Memory.Evictions);
        },
        ["a crowd of other scripts"] = async scripts =>
        {
            var number = 0;
            scripts.Google.Always(() => FakeGoogle.Script($"{Script}/*{number++}*/"));
            for (var i = 0; i < 300; i++)
            {
                await scripts.AskAsync($"?id=G-MAIN1&x={i}", prepare: request => request.Headers.AcceptEncoding = i % 2 == 0 ? "gzip" : "br");
            }

            Assert.InRange(scripts.Memory.Evictions, 1, long.MaxValue);
        },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Held_AfterAScenario_IsWhatTheStoreKeeps(string scenario)
    {
        var before = StoredBytes.TotalBytes;
        using var scripts = new SomeScripts(4 * 1024 * 1024);

        await All[scenario](scripts);
        var isOnlyTheStores = Soon(() => StoredBytes.TotalBytes - before <= scripts.Memory.Bytes);
        scripts.Memory.Remove(PurgeScope.All);

        Assert.True(isOnlyTheStores);
        Assert.True(Soon(() => StoredBytes.TotalBytes == before), $"{StoredBytes.TotalBytes - before} bytes are still held");
        Assert.Equal((0L, 0), (scripts.Memory.Bytes, scripts.Memory.Count));
    }

    /// <summary>One visitor's failing requests with queries as long as a request line may be: what is held of them is what the store counts.</summary>
    [Fact]
    public async Task Held_ThousandsOfLongFailingQueries_AreNoMoreThanTheStoreCounts()
    {
        const int Limit = 2 * 1024 * 1024;
        using var scripts = new SomeScripts(Limit);
        scripts.Google.Always(() => FakeGoogle.Status(404));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 1000; i++)
        {
            await scripts.AskAsync($"?id=G-MAIN1&x={i}{new string('x', 16_000)}");
            scripts.Google.Asked.Clear();
        }

        Assert.InRange(scripts.Memory.Bytes, 1, Limit);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 3 * Limit);
    }

    /// <summary>A large site: every region, every tag, in a store that cannot hold them all.</summary>
    [Fact]
    public async Task Held_TwoHundredRegionsOfTenTags_StaysWithinTheLimit()
    {
        const int Limit = 8 * 1024 * 1024;
        var before = StoredBytes.TotalBytes;
        using var scripts = new SomeScripts(Limit);
        var number = 0;
        scripts.Google.Always(() => FakeGoogle.Script(Encode(ContentCoding.Brotli, $"{Script}/*{number++}*/"), "br"));
        var site = SomeSite.Create(tags: [.. Enumerable.Range(0, 10).Select(tag => $"G-MAIN{tag}")], scripts: SomeScripts.Policy);
        foreach (var tag in site.Tags)
        {
            for (var region = 0; region < 200; region++)
            {
                Assert.True(Region.TryParse($"US-{region}", out var parsed));
                var load = ScriptLoad.OfTag(site, tag, parsed);
                await scripts.AskAsync(load, prepare: request => request.Headers.AcceptEncoding = "br");
                Assert.InRange(StoredBytes.TotalBytes - before, 1, Limit);
            }
        }

        Assert.InRange(scripts.Memory.Evictions, 1, long.MaxValue);
        scripts.Memory.Remove(PurgeScope.All);
        Assert.True(Soon(() => StoredBytes.TotalBytes == before));
    }

    private static Func<SomeScripts, Task> Ask(Func<HttpResponseMessage> answer) => async scripts =>
    {
        scripts.Google.Always(answer);
        await scripts.AskAsync();
        await scripts.AskAsync();
    };

    /// <summary>A fill goes on for a moment after its end has been told.</summary>
    private static bool Soon(Func<bool> condition) => SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(10));

    private static HttpResponseMessage With(HttpResponseMessage answer, string name, string value)
    {
        answer.Headers.TryAddWithoutValidation(name, value);
        return answer;
    }

    private static byte[] Encode(ContentCoding coding, string script)
    {
        using var target = new PooledBuffer();
        Compression.Encode(coding, Encoding.UTF8.GetBytes(script), target);
        return target.Span.ToArray();
    }

    /// <summary>Something happens while the visitor reads.</summary>
    private sealed class SlowBody(Action happens) : MemoryStream
    {
        public string Text => Encoding.UTF8.GetString(ToArray());

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            happens();
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
