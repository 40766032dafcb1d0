using System.Collections.Concurrent;

namespace TagGateway.Caching;

/// <summary>The bodies of entries in the coding that a visitor takes: Google's own as it came, the others made once, when the first visitor wants one.</summary>
internal sealed class Variants(MemoryStore memory)
{
    private readonly ConcurrentDictionary<EntryKey, Lazy<Task>> _making = new();

    /// <summary>Null when it is not there yet, or the entry is just being evicted. Else the caller releases it.</summary>
    public StoredBytes? TryRetain(Entry entry, ContentCoding coding)
    {
        var body = coding == entry.Head.Coding ? entry.Body
            : memory.TryGet<Variant>(KeyOf(entry, coding), out var variant) && variant.IsOf(entry, coding) ? variant.Body
            : null;
        return body is not null && body.TryRetain() ? body : null;
    }

    /// <summary>Makes what <see cref="TryRetain"/> did not find; null when the entry has been evicted. The caller releases it.</summary>
    public async Task<StoredBytes?> GetAsync(Entry entry, ContentCoding coding)
    {
        var key = KeyOf(entry, coding);
        var making = _making.GetOrAdd(key, _ => new Lazy<Task>(() => Task.Run(() => Keep(entry, coding, key))));
        await making.Value;
        return TryRetain(entry, coding) ?? await Task.Run(() => TryMake(entry, coding));
    }

    private static EntryKey KeyOf(Entry entry, ContentCoding coding) => entry.Head.Key.Part(ContentCodings.NameOf(coding) ?? "identity");

    private void Keep(Entry entry, ContentCoding coding, EntryKey key)
    {
        try
        {
            // Whoever looked a moment too early does not make it again.
            if (memory.TryGet<Variant>(key, out var kept) && kept.IsOf(entry, coding))
            {
                return;
            }

            if (TryMake(entry, coding) is { } body && !memory.TryPut(key, new Variant(entry.Head, coding, body)))
            {
                body.Release();
            }
        }
        finally
        {
            _making.TryRemove(key, out _);
        }
    }

    private static StoredBytes? TryMake(Entry entry, ContentCoding coding)
    {
        if (!entry.Body.TryRetain())
        {
            return null;
        }

        try
        {
            using var plain = new PooledBuffer();
            if (!Compression.TryDecode(entry.Head.Coding, entry.Body.Memory.Span, int.MaxValue, plain))
            {
                return null; // it was readable when it came
            }

            using var encoded = new PooledBuffer();
            Compression.Encode(coding, plain.Span, encoded);
            return StoredBytes.Copy(encoded.Span);
        }
        finally
        {
            entry.Body.Release();
        }
    }
}
