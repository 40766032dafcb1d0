using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Caching;

/// <summary>Keeps what fits into a number of bytes. Who is evicted is decided by S3-FIFO (Yang et al., SOSP 2023): newcomers wait in a small queue and
/// leave it unless they are asked for again, so that ten thousand odd requests of one visitor take no script from all others.
/// Reading takes no lock.</summary>
internal sealed class MemoryStore(Func<long> maxBytes)
{
    /// <summary>The part of the bytes in which newcomers wait.</summary>
    private const int NewcomersPart = 10;
    private const int MaxGhosts = 16 * 1024;
    private const int MaxUses = 3;

    /// <summary>So many places of what was removed may stand in the queues before they are cleared.</summary>
    private const int MaxEmptyPlaces = 1024;

    private readonly ConcurrentDictionary<EntryKey, Place> _places = new();
    private readonly Lock _change = new();
    private readonly Queue<Place> _newcomers = new();
    private readonly Queue<Place> _residents = new();
    private readonly Queue<int> _ghostOrder = new();
    private readonly HashSet<int> _ghosts = [];
    private readonly BodyTable _bodies = new();
    private long _bytes;
    private long _newcomerBytes;
    private int _emptyPlaces;
    private long _evictions;

    /// <summary>Never more than the limit, unless that has just been lowered.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public int Count => _places.Count;

    /// <summary>Items that had to go for others, since the start.</summary>
    public long Evictions => Interlocked.Read(ref _evictions);

    /// <summary>The item may be released by another thread at any time: retain what is used of it.</summary>
    public bool TryGet<TItem>(EntryKey key, [NotNullWhen(true)] out TItem? item)
        where TItem : StoredItem
    {
        item = null;
        if (_places.TryGetValue(key, out var place))
        {
            item = place.Item as TItem;
            // A lost count under contention does no harm; not writing keeps the line shared between cores.
            if (place.Uses < MaxUses)
            {
                place.Uses++;
            }
        }

        return item is not null;
    }

    /// <summary>What has been made of the same bytes by the same rules, as long as an entry holds it. The caller releases its body.</summary>
    public bool TryRetain(ContentKey key, [NotNullWhen(true)] out StoredContent? content) => _bodies.TryRetain(key, out content);

    /// <summary>Takes the item over, in place of a former one of this key. False when it is too large to be kept among others; then it is
    /// still the caller's.</summary>
    public bool TryPut(EntryKey key, StoredItem item)
    {
        var limit = maxBytes();
        if (item.Bytes > (limit / 2) - key.Bytes)
        {
            return false;
        }

        lock (_change)
        {
            // What goes may be the place itself, or the last other item that holds the same body: the sum is made anew each time.
            Place? former;
            while (_bytes + BytesOfPutting(key, item, out former) > limit && TryEvict(limit))
            {
            }

            if (former is not null)
            {
                Replace(former, item);
            }
            else
            {
                Add(new Place(key, item, isResident: _ghosts.Contains(key.GetHashCode())));
            }
        }

        return true;
    }

    /// <summary>Forgets all that <paramref name="scope"/> covers.</summary>
    /// <returns>How many entries that were.</returns>
    public int Remove(PurgeScope scope)
    {
        var entries = 0;
        lock (_change)
        {
            foreach (var place in _places.Values.Where(place => place.Item.IsIn(scope)).ToList())
            {
                entries += place.Item is Entry ? 1 : 0;
                Empty(place);
            }
        }

        return entries;
    }

    /// <summary>Forgets the item, unless another one has taken its place.</summary>
    public void Remove(EntryKey key, StoredItem item)
    {
        lock (_change)
        {
            if (_places.TryGetValue(key, out var place) && place.Item == item)
            {
                Empty(place);
            }
        }
    }

    /// <param name="former">The place that the item takes; null: a new one.</param>
    private long BytesOfPutting(EntryKey key, StoredItem item, out Place? former)
    {
        _places.TryGetValue(key, out former);
        return (former is null ? key.Bytes : 0) + _bodies.BytesOfReplacing(former?.Item, item);
    }

    private void Add(Place place)
    {
        _places[place.Key] = place;
        (place.IsResident ? _residents : _newcomers).Enqueue(place);
        Account(new BodyChange(place.Key.Bytes, place.IsResident ? 0 : place.Key.Bytes) + _bodies.Add(place.Item, place.IsResident));
    }

    private void Replace(Place place, StoredItem item)
    {
        var former = place.Item;
        Account(_bodies.Add(item, place.IsResident) + _bodies.Remove(former, place.IsResident));
        place.Item = item;
        former.Release();
    }

    private bool TryEvict(long limit)
    {
        var fromNewcomers = _newcomers.Count > 0 && (_newcomerBytes > limit / NewcomersPart || _residents.Count == 0);
        if (!(fromNewcomers ? _newcomers : _residents).TryDequeue(out var place))
        {
            return false;
        }

        if (place.IsDropped)
        {
            _emptyPlaces--;
            return true;
        }

        if (place.Uses > 0)
        {
            Keep(place);
            return true;
        }

        if (fromNewcomers)
        {
            Remember(place.Key.GetHashCode());
        }

        Interlocked.Increment(ref _evictions);
        Drop(place);
        return true;
    }

    /// <summary>It was asked for again: a newcomer moves in, a resident has another round. What was asked for often keeps that: else a crowd of
    /// newcomers that were asked for twice would push it out.</summary>
    private void Keep(Place place)
    {
        place.Uses--;
        if (!place.IsResident)
        {
            Account(new BodyChange(0, -place.Key.Bytes) + _bodies.Add(place.Item, isResident: true) + _bodies.Remove(place.Item, isResident: false));
            place.IsResident = true;
        }

        _residents.Enqueue(place);
    }

    /// <summary>One that comes back soon was evicted too early: it moves in at once.</summary>
    private void Remember(int hash)
    {
        if (_ghosts.Add(hash))
        {
            _ghostOrder.Enqueue(hash);
        }

        if (_ghostOrder.Count > MaxGhosts)
        {
            _ghosts.Remove(_ghostOrder.Dequeue());
        }
    }

    /// <summary>Drops what is not next in its queue: its place stays there for now.</summary>
    private void Empty(Place place)
    {
        Drop(place);
        _emptyPlaces++;
        if (_emptyPlaces > MaxEmptyPlaces && _emptyPlaces > _places.Count)
        {
            Clear(_newcomers);
            Clear(_residents);
            _emptyPlaces = 0;
        }
    }

    private static void Clear(Queue<Place> queue)
    {
        for (var left = queue.Count; left > 0; left--)
        {
            var place = queue.Dequeue();
            if (!place.IsDropped)
            {
                queue.Enqueue(place);
            }
        }
    }

    private void Drop(Place place)
    {
        place.IsDropped = true;
        _places.TryRemove(place.Key, out _);
        Account(new BodyChange(-place.Key.Bytes, place.IsResident ? 0 : -place.Key.Bytes) + _bodies.Remove(place.Item, place.IsResident));
        place.Item.Release();
    }

    private void Account(BodyChange change)
    {
        Interlocked.Add(ref _bytes, change.Bytes);
        _newcomerBytes += change.NewcomerBytes;
    }

    /// <summary>Where an item stands. All but reading <see cref="Item"/> and counting uses is done under the lock.</summary>
    private sealed class Place(EntryKey key, StoredItem item, bool isResident)
    {
        private volatile StoredItem _item = item;

        public EntryKey Key => key;

        public StoredItem Item
        {
            get => _item;
            set => _item = value;
        }

        public bool IsResident { get; set; } = isResident;

        public bool IsDropped { get; set; }

        public int Uses { get; set; }
    }
}
