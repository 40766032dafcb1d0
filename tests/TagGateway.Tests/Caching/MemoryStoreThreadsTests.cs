using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

/// <summary>Whoever looks at the store at any moment, from anywhere, finds it exact.</summary>
public sealed class MemoryStoreThreadsTests
{
    private const long Limit = 1024 * 1024;
    private readonly MemoryStore _store = new(() => Limit);

    [Fact]
    public async Task EveryChange_FromManyThreads_IsExactAndNeverAboveTheLimit()
    {
        using var done = new CancellationTokenSource();
        var watching = Task.Run(() =>
        {
            var most = 0L;
            while (!done.IsCancellationRequested)
            {
                most = Math.Max(most, _store.Bytes);
                Thread.Yield();
            }

            return most;
        });
        var items = await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() => Change(_store, thread))));
        await done.CancelAsync();

        Assert.InRange(await watching, 0, Limit);
        Assert.InRange(_store.Bytes, 1, Limit);
        var put = items.SelectMany(list => list).ToList();
        Assert.All(put, item => Assert.InRange(item.Releases, 0, 1));
        Assert.Equal(put.Count(item => item.Releases == 0), _store.Count);
        _store.Remove(PurgeScope.All);
        Assert.Equal((0L, 0), (_store.Bytes, _store.Count));
        Assert.All(put, item => Assert.Equal(1, item.Releases));
    }

    private static List<SomeItem> Change(MemoryStore store, int seed)
    {
        var random = new Random(seed);
        var kept = new List<SomeItem>();
        for (var i = 0; i < 20_000; i++)
        {
            var key = EntryKey.FromText($"k{random.Next(300)}");
            switch (random.Next(8))
            {
                case 0:
                    _ = store.TryGet<SomeItem>(key, out var item);
                    if (item is not null)
                    {
                        store.Remove(key, item);
                    }

                    break;
                case 1 when i % 500 == 0:
                    store.Remove(new PurgeScope(random.Next(2) == 0 ? "shop" : "other", null));
                    break;
                case < 5:
                    store.TryGet<SomeItem>(key, out _);
                    break;
                default:
                    var put = new SomeItem(random.Next(100, 30_000), random.Next(2) == 0 ? "shop" : "other");
                    if (store.TryPut(key, put))
                    {
                        kept.Add(put);
                    }

                    break;
            }
        }

        return kept;
    }
}
