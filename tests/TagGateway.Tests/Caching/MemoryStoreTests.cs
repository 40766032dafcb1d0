using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class MemoryStoreTests
{
    private const long Limit = 1024 * 1024;
    private readonly List<SomeItem> _put = [];
    private readonly List<EntryKey> _keys = [];
    private readonly MemoryStore _store = new(() => Limit);

    [Fact]
    public void TryGet_WhatWasPut_IsIt()
    {
        var item = Put("a", 1000);

        Assert.True(_store.TryGet<SomeItem>(Key("a"), out var found));
        Assert.Same(item, found);
        Assert.False(_store.TryGet<SomeItem>(Key("b"), out _));
        Assert.False(_store.TryGet<Entry>(Key("a"), out _));
    }

    [Fact]
    public void TryPut_SameKey_ReplacesAndReleasesTheFormer()
    {
        var former = Put("a", 1000);
        var newer = Put("a", 3000);

        Assert.True(_store.TryGet<SomeItem>(Key("a"), out var found));
        Assert.Same(newer, found);
        Assert.Equal((1, 0), (former.Releases, newer.Releases));
        Assert.Equal((3000 + KeyBytes("a"), 1), (_store.Bytes, _store.Count));
    }

    [Theory]
    [InlineData(Limit / 2, true)]
    [InlineData(Limit / 2 + 1, false)]
    [InlineData(Limit, false)]
    [InlineData(long.MaxValue, false)]
    public void TryPut_LargeItem_IsRefusedOverHalf(long bytes, bool isKept)
    {
        var key = default(EntryKey);
        var item = new SomeItem(bytes);

        Assert.Equal(isKept, _store.TryPut(key, item));
        Assert.Equal(0, item.Releases);
        Assert.Equal(isKept ? bytes : 0, _store.Bytes);
    }

    [Fact]
    public void TryPut_TooLargeForAKeyThatIsTaken_LeavesTheFormer()
    {
        var former = Put("a", 1000);

        Assert.False(_store.TryPut(Key("a"), new SomeItem(Limit)));

        Assert.True(_store.TryGet<SomeItem>(Key("a"), out var found));
        Assert.Same(former, found);
        Assert.Equal(0, former.Releases);
    }

    [Fact]
    public void TryPut_ALongKey_CountsAsWell()
    {
        Put(new string('x', 32 * 1024), 10);

        Assert.InRange(_store.Bytes, 64 * 1024, 70 * 1024);
    }

    [Theory]
    [InlineData(100, 1_000)]
    [InlineData(1_000, 100_000)]
    [InlineData(100_000, 400_000)]
    public void TryPut_MoreThanFits_IsExactlyWhatIsLeftAndNeverAboveTheLimit(int smallest, int largest)
    {
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            Put($"k{random.Next(500)}", random.Next(smallest, largest));
            if (random.Next(3) > 0)
            {
                _store.TryGet<SomeItem>(Key($"k{random.Next(500)}"), out _);
            }

            Assert.InRange(_store.Bytes, 0, Limit);
        }

        AssertExact();
        _store.Remove(PurgeScope.All);
        Assert.Equal((0, 0), (_store.Bytes, _store.Count));
        Assert.All(_put, item => Assert.Equal(1, item.Releases));
    }

    /// <summary>One visitor with ten thousand odd queries takes no script from the others.</summary>
    [Theory]
    [InlineData(1024)]
    [InlineData(20_000)]
    [InlineData(200_000)]
    public void TryPut_TenThousandOneOffs_LeavesWhatIsAskedNowAndThen(int oneOffBytes)
    {
        var honest = Enumerable.Range(0, 5).Select(i => Put($"honest{i}", 100_000)).ToList();
        AskForAllHonest();
        AskForAllHonest();

        for (var i = 0; i < 10_000; i++)
        {
            Put($"odd{i}", oneOffBytes);
            if (i % 1000 == 999)
            {
                AskForAllHonest();
            }
        }

        Assert.All(honest, item => Assert.Equal(0, item.Releases));
        AssertExact();

        void AskForAllHonest() => Assert.All(Enumerable.Range(0, 5), i => Assert.True(_store.TryGet<SomeItem>(Key($"honest{i}"), out _)));
    }

    /// <summary>Asked for twice each, so that each looks wanted: what is asked for all the time stays nevertheless.</summary>
    [Fact]
    public void TryPut_TenThousandTwiceAsked_LeavesWhatIsAskedAllTheTime()
    {
        var honest = Put("honest", 100_000);

        for (var i = 0; i < 10_000; i++)
        {
            Put($"odd{i}", 5_000);
            _store.TryGet<SomeItem>(Key($"odd{i}"), out _);
            Assert.True(_store.TryGet<SomeItem>(Key("honest"), out _));
        }

        Assert.Equal(0, honest.Releases);
    }

    [Fact]
    public void TryPut_ComesBackSoonAfterItsEviction_StaysThisTime()
    {
        Put("a", 10_000);
        Flood("x");
        Assert.False(_store.TryGet<SomeItem>(Key("a"), out _));

        var again = Put("a", 10_000);
        Flood("y");

        Assert.Equal(0, again.Releases);
    }

    [Fact]
    public void TryPut_LimitWasLowered_MakesRoom()
    {
        var limit = Limit;
        var store = new MemoryStore(() => limit);
        for (var i = 0; i < 100; i++)
        {
            store.TryPut(Key($"k{i}"), new SomeItem(9_000));
        }

        limit /= 4;
        store.TryPut(Key("last"), new SomeItem(9_000));

        Assert.InRange(store.Bytes, 1, limit);
    }

    [Fact]
    public void Evictions_ItemsThatHadToGo_AreCounted()
    {
        Flood("x");

        Assert.Equal(_put.Count(item => item.Releases > 0), _store.Evictions);
        Assert.InRange(_store.Evictions, 1, _put.Count);
    }

    [Fact]
    public void Remove_Scope_ForgetsWhatItCoversAndCountsEntries()
    {
        var (mine, other) = (new SomeItem(1000, "shop"), new SomeItem(1000, "other"));
        var entry = SomeEntry.Create(new byte[10]);
        _store.TryPut(Key("mine"), mine);
        _store.TryPut(Key("other"), other);
        _store.TryPut(entry.Head.Key, entry);

        var removed = _store.Remove(new PurgeScope("shop", null));

        Assert.Equal(1, removed);
        Assert.Equal((1, 0), (mine.Releases, other.Releases));
        Assert.False(entry.Body.TryRetain());
        Assert.Equal((1000 + KeyBytes("other"), 1), (_store.Bytes, _store.Count));
    }

    [Fact]
    public void Remove_ItemThatHasBeenReplaced_DoesNothing()
    {
        var former = Put("a", 1000);
        var newer = Put("a", 1000);

        _store.Remove(Key("a"), former);
        Assert.Equal((1, 0), (former.Releases, newer.Releases));
        _store.Remove(Key("a"), newer);
        _store.Remove(Key("a"), newer);

        Assert.Equal((1, 1), (former.Releases, newer.Releases));
        Assert.Equal((0L, 0), (_store.Bytes, _store.Count));
    }

    /// <summary>A store that is far from full never evicts, so nothing else would clear away what was removed.</summary>
    [Fact]
    public void Remove_AgainAndAgainInARoomyStore_HoldsOnToNothing()
    {
        var removed = new List<WeakReference>();
        for (var i = 0; i < 20_000; i++)
        {
            removed.Add(PutAndRemove(_store, Key("k")));
        }

        GC.Collect();

        Assert.InRange(removed.Count(reference => reference.IsAlive), 0, 5_000);
    }

    private static WeakReference PutAndRemove(MemoryStore store, EntryKey key)
    {
        var item = new SomeItem(1000);
        store.TryPut(key, item);
        store.Remove(key, item);
        return new WeakReference(item);
    }

    private SomeItem Put(string name, long bytes)
    {
        var item = new SomeItem(bytes);
        Assert.True(_store.TryPut(Key(name), item));
        _put.Add(item);
        _keys.Add(Key(name));
        return item;
    }

    private void Flood(string prefix)
    {
        for (var i = 0; i < 500; i++)
        {
            Put($"{prefix}{i}", 10_000);
        }
    }

    private void AssertExact() =>
        Assert.Equal(_put.Zip(_keys).Where(pair => pair.First.Releases == 0).Sum(pair => pair.First.Bytes + KeyBytes(pair.Second)), _store.Bytes);

    private static EntryKey Key(string name) => EntryKey.FromText(name);

    private static long KeyBytes(string name) => KeyBytes(Key(name));

    private static long KeyBytes(EntryKey key) => key.ToString().Length * sizeof(char);
}
