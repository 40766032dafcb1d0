using System.Collections.Concurrent;
using TagGateway.Rewriting;

namespace TagGateway.Caching;

/// <summary>The bodies of entries in the form that a visitor takes: Google's own as it came, the others made once, when the first visitor wants one. Templates come in none: they
/// are filled for each host and region that asks.</summary>
internal sealed class Variants(MemoryStore memory)
{
    /// <summary>Twice the largest script that is taken: what another gateway has left may be a bomb.</summary>
    private const int MaxPlainBytes = 32 * 1024 * 1024;

    private static readonly TemplateValues Sample = new("https", "shop.example", "/f807", GooglePlace.Of(""));

    /// <summary>Where any host is the site's anybody can ask under made-up ones.</summary>
    private readonly Turns _turns = new();

    private readonly ConcurrentDictionary<EntryKey, Lazy<Task>> _making = new();

    /// <summary>Null when it is not there yet, or the entry is just being evicted. Else the caller releases it.</summary>
    public StoredBytes? TryRetain(Entry entry, EntryForm form)
    {
        var body = form.Values is null && form.Coding == entry.Head.Coding ? entry.Body
            : memory.TryGet<Variant>(KeyOf(entry, form), out var variant) && variant.IsOf(entry, form) ? variant.Body
            : null;
        return body is not null && body.TryRetain() ? body : null;
    }

    /// <summary>Makes what <see cref="TryRetain"/> did not find; null when the entry has been evicted, or too many others are being made. The caller releases it.</summary>
    public async Task<StoredBytes?> GetAsync(Entry entry, EntryForm form)
    {
        var key = KeyOf(entry, form);
        var making = _making.GetOrAdd(key, _ => new Lazy<Task>(() => InTurnAsync(() => Keep(entry, form, key))));
        await making.Value;
        _making.TryRemove(new KeyValuePair<EntryKey, Lazy<Task>>(key, making)); // it may not have had its turn
        return TryRetain(entry, form) ?? await InTurnAsync(() => TryMake(entry, form));
    }

    /// <summary>Whether a template that another gateway made can be filled here: it may be of another version.</summary>
    public static bool IsReadable(Entry template)
    {
        var form = new EntryForm(ContentCoding.Identity, Sample);
        var body = TryMake(template, form);
        body?.Release();
        return body is not null;
    }

    private async Task<StoredBytes?> InTurnAsync(Func<StoredBytes?> make)
    {
        if (!await _turns.TryTakeAsync(CancellationToken.None))
        {
            return null;
        }

        try
        {
            return await Task.Run(make);
        }
        finally
        {
            _turns.Release();
        }
    }

    private static EntryKey KeyOf(Entry entry, EntryForm form) => entry.Head.Key.Part(form.Name);

    /// <returns>Nothing: it is looked for where it is kept.</returns>
    private StoredBytes? Keep(Entry entry, EntryForm form, EntryKey key)
    {
        try
        {
            // Whoever looked a moment too early does not make it again.
            if (memory.TryGet<Variant>(key, out var kept) && kept.IsOf(entry, form))
            {
                return null;
            }

            if (TryMake(entry, form) is { } body && !memory.TryPut(key, new Variant(entry.Head, form, body)))
            {
                body.Release();
            }

            return null;
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
            if (!Compression.TryDecode(entry.Head.Coding, entry.Body.Memory.Span, MaxPlainBytes, plain))
            {
                return null; // it was readable when it came
            }

            using var filled = new PooledBuffer();
            if (form.Values is not null && !ScriptTemplate.TryRender(plain.Span, form.Values, filled))
            {
                return null; // likewise
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
