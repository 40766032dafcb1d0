using System.Collections.Concurrent;
using TagGateway.Rewriting;

namespace TagGateway.Caching;

/// <summary>The bodies of entries in the form that a visitor takes: Google's own as it came, the others made once, when the first visitor wants one. Templates come in none: they
/// are filled for each host and region that asks.</summary>
internal sealed class Variants(MemoryStore memory)
{
    private readonly ConcurrentDictionary<EntryKey, Lazy<Task>> _making = new();

    /// <summary>Null when it is not there yet, or the entry is just being evicted. Else the caller releases it.</summary>
    public StoredBytes? TryRetain(Entry entry, EntryForm form)
    {
        var body = form.Values is null && form.Coding == entry.Head.Coding ? entry.Body
            : memory.TryGet<Variant>(KeyOf(entry, form), out var variant) && variant.IsOf(entry, form) ? variant.Body
            : null;
        return body is not null && body.TryRetain() ? body : null;
    }

    /// <summary>Makes what <see cref="TryRetain"/> did not find; null when the entry has been evicted. The caller releases it.</summary>
    public async Task<StoredBytes?> GetAsync(Entry entry, EntryForm form)
    {
        var key = KeyOf(entry, form);
        var making = _making.GetOrAdd(key, _ => new Lazy<Task>(() => Task.Run(() => Keep(entry, form, key))));
        await making.Value;
        return TryRetain(entry, form) ?? await Task.Run(() => TryMake(entry, form));
    }

    private static EntryKey KeyOf(Entry entry, EntryForm form) => entry.Head.Key.Part(form.Name);

    private void Keep(Entry entry, EntryForm form, EntryKey key)
    {
        try
        {
            // Whoever looked a moment too early does not make it again.
            if (memory.TryGet<Variant>(key, out var kept) && kept.IsOf(entry, form))
            {
                return;
            }

            if (TryMake(entry, form) is { } body && !memory.TryPut(key, new Variant(entry.Head, form, body)))
            {
                body.Release();
            }
        }
        finally
        {
            _making.TryRemove(key, out _);
        }
    }

    private static StoredBytes? TryMake(Entry entry, EntryForm form)
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

            using var filled = new PooledBuffer();
            if (form.Values is not null)
            {
                ScriptTemplate.Render(plain.Span, form.Values, filled);
            }

            using var encoded = new PooledBuffer();
            Compression.Encode(form.Coding, form.Values is null ? plain.Span : filled.Span, encoded);
            return StoredBytes.Copy(encoded.Span);
        }
        finally
        {
            entry.Body.Release();
        }
    }
}
