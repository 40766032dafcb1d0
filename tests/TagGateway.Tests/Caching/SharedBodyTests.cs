using TagGateway.Caching;
using TagGateway.Tests.Limits;

namespace TagGateway.Tests.Caching;

/// <summary>Many entries, one body: what the store takes of memory is counted once, and what was made of bytes is found by them.</summary>
public sealed class SharedBodyTests : IDisposable
{
    private const int BodyBytes = 100_000;
    private const int Limit = 1_000_000;
    private readonly SomeWork _work = new();
    private readonly MemoryStore _store = new(() => Limit);
    private int _number;

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Put_ManyEntriesOfOneBody_CountsItOnce()
    {
        var content = Content();
        for (var i = 0; i < 100; i++)
        {
            Put($"?x={i}", content);
        }

        Assert.InRange(_store.Bytes, BodyBytes, BodyBytes + (100 * 4096));
        Assert.Equal((100, 0L), (_store.Count, _store.Evictions));
    }

    [Fact]
    public void Put_ManyEntriesOfOneBody_TakeNoPlaceFromOthers()
    {
        var other = Content();
        Put("?plain", other);
        var content = Content();
        for (var i = 0; i < 100; i++)
        {
            Put($"?x={i}", content);
        }

        Assert.True(_store.TryGet<Entry>(SomeEntry.Key("?plain"), out _));
        Assert.True(_store.TryRetain(other.Key!.Value, out _));
    }

    /// <summary>Entry by entry they leave, by eviction, by removal, by being replaced: the body goes with the last one, and so does what it takes.</summary>
    [Fact]
    public void Remove_OneEntryAfterTheOther_TheBodyGoesWithTheLast()
    {
        var content = Content();
        var entries = Enumerable.Range(0, 3).Select(i => Put($"?x={i}", content)).ToList();

        for (var i = 0; i < entries.Count; i++)
        {
            Assert.True(IsFound(content));
            _store.Remove(entries[i].Head.Key, entries[i]);
            Assert.Equal(i < entries.Count - 1, _store.Bytes > BodyBytes);
        }

        Assert.False(IsFound(content));
        Assert.True(IsFreed(content));
        Assert.Equal((0L, 0), (_store.Bytes, _store.Count));
    }

    [Fact]
    public void Put_SameBodyAgain_ReplacesTheEntryAndKeepsTheBody()
    {
        var content = Content();
        Put("?x=1", content);
        var before = _store.Bytes;

        Put("?x=1", content);

        Assert.Equal(before, _store.Bytes);
        Assert.True(IsFound(content));
        _store.Remove(PurgeScope.All);
        Assert.Equal(0, _store.Bytes);
        Assert.True(IsFreed(content));
    }

    [Theory]
    [InlineData("shop", null)]
    [InlineData(null, "G-MAIN1")]
    [InlineData("shop", "G-MAIN1")]
    [InlineData(null, null)]
    public void Remove_ScopeOfThePurge_TakesContentAndVariants(string? site, string? tag)
    {
        var content = Content();
        Put("?x=1", content);
        Put("?x=2", content);
        new Variants(_store, _work.Lanes, _work.Work, _work.Leases).Keep(content, ContentCoding.Gzip, "plain"u8, lease: null);

        var removed = _store.Remove(new PurgeScope(site, tag));

        Assert.Equal(2, removed);
        Assert.False(IsFound(content));
        Assert.Equal((0L, 0), (_store.Bytes, _store.Count));
    }

    [Fact]
    public void Remove_ScopeOfAnother_LeavesIt()
    {
        var content = Content();
        Put("?x=1", content);

        _store.Remove(new PurgeScope("other", null));

        Assert.True(IsFound(content));
    }

    [Theory]
    [InlineData("other", "G-MAIN1", "", "hash")]
    [InlineData("shop", "G-OTHER2", "", "hash")]
    [InlineData("shop", "G-MAIN1", "script", "hash")]
    [InlineData("shop", "G-MAIN1", "", "Hash")]
    public void TryRetain_OtherSiteTagRulesOrBytes_IsNotFound(string site, string tag, string rules, string hash)
    {
        Put("?x=1", Content("hash"));

        Assert.True(_store.TryRetain(new ContentKey("shop", "G-MAIN1", "", ContentCoding.Identity, "hash"), out _));
        Assert.False(_store.TryRetain(new ContentKey(site, tag, rules, ContentCoding.Identity, hash), out _));
        Assert.False(_store.TryRetain(new ContentKey("shop", "G-MAIN1", "", ContentCoding.Gzip, "hash"), out _));
    }

    /// <summary>However entries come and go, what the store says is what is held.</summary>
    [Fact]
    public void Bytes_AfterAnyChanges_AreThoseOfTheBodiesAndEntriesThatAreHeld()
    {
        var random = new Random(20261130);
        var contents = Enumerable.Range(0, 20).Select(_ => Content()).ToList();
        for (var i = 0; i < 5000; i++)
        {
            var key = $"?x={random.Next(60)}";
            switch (random.Next(10))
            {
                case 0:
                    _store.Remove(SomeEntry.Key(key), _store.TryGet<Entry>(SomeEntry.Key(key), out var entry) ? entry : new SomeItem(1));
                    break;
                case 1:
                    _store.TryGet<Entry>(SomeEntry.Key(key), out _);
                    break;
                default:
                    Put(key, contents[random.Next(contents.Count)]);
                    break;
            }

            Assert.InRange(_store.Bytes, 0, Limit);
        }

        var keys = Enumerable.Range(0, 60).Select(i => SomeEntry.Key($"?x={i}")).ToList();
        var held = keys.Select(key => _store.TryGet<Entry>(key, out var entry) ? entry : null).OfType<Entry>().ToList();
        Assert.Equal(held.Sum(entry => entry.OwnBytes + entry.Head.Key.Bytes) + (held.Select(entry => entry.Body).Distinct().Count() * (long)BodyBytes), _store.Bytes);
        Assert.All(contents, content => Assert.Equal(held.Exists(entry => entry.Content == content), IsFound(content)));
        _store.Remove(PurgeScope.All);
        Assert.Equal((0L, 0), (_store.Bytes, _store.Count));
        Assert.All(contents, content => Assert.True(IsFreed(content)));
    }

    private bool IsFound(StoredContent content)
    {
        var isFound = _store.TryRetain(content.Key!.Value, out var found);
        found?.Body.Release();
        return isFound;
    }

    private StoredContent Content(string? hash = null)
    {
        var key = new ContentKey("shop", "G-MAIN1", "", ContentCoding.Identity, hash ?? $"hash{_number++}");
        return new StoredContent(key.Site, key.Tag, key.Coding, key.Hash, SomeEntry.NoFacts, IsTemplate: false, StoredBytes.Copy(new byte[BodyBytes])) { Key = key };
    }

    /// <summary>The entry gets a reference of its own: the test keeps the first one.</summary>
    private Entry Put(string query, StoredContent content)
    {
        Assert.True(content.Body.TryRetain());
        var head = new EntryHead(SomeEntry.Key(query), content.Site, content.Tag, [], content.Coding, content.Hash, content.Facts, IsVersioned: false, PurgeStamp: 0);
        var entry = new Entry(head, content, default, TimeProvider.System);
        Assert.True(_store.TryPut(head.Key, entry));
        return entry;
    }

    /// <summary>Whether nobody has the body when the test lets go of it, once.</summary>
    private static bool IsFreed(StoredContent content)
    {
        content.Body.Release();
        return !content.Body.TryRetain();
    }
}
