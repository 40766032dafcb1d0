using System.Collections.Concurrent;
using TagGateway.Limits;
using TagGateway.Rewriting;

namespace TagGateway.Caching;

/// <summary>The bodies of entries in the form that a visitor takes: Google's own as it came, the others made once, when the first visitor wants one. Templates come in none: they
/// are filled for each host and region that asks. All are kept by what they are made of, whatever was asked for: the same bytes filled with the same values are the same
/// bytes, and nothing else goes into them.</summary>
internal sealed class Variants(MemoryStore memory, CpuLanes lanes, ClientWork work, OwnLeases leases)
{
    /// <summary>Twice the largest script that is taken: what another gateway has left may be a bomb.</summary>
    private const int MaxPlainBytes = 32 * 1024 * 1024;

    /// <summary>What is asked for so often is nothing that one client has made up, and deserves to be small.</summary>
    private const int UsesOfTheKnown = 64;

    private static readonly TemplateValues Sample = new("https", "shop.example", "/f807", GooglePlace.Of(""));

    private readonly ConcurrentDictionary<EntryKey, Lazy<Task>> _making = new();

    /// <summary>Null when it is not there yet, or the content is just being evicted. Else the caller releases it.</summary>
    public StoredBytes? TryRetain(StoredContent content, EntryForm form)
    {
        var body = form.Values is null && form.Coding == content.Coding ? content.Body
            : memory.TryGet<Variant>(KeyOf(content, form), out var variant) && variant.IsOf(content, form) ? Use(content, form, variant)
            : null;
        return body is not null && body.TryRetain() ? body : null;
    }

    /// <summary>Makes what <see cref="TryRetain"/> did not find; null when the content has been evicted, there is no room, too many others are being made, or the client has
    /// had its share. The caller releases it.</summary>
    /// <param name="content">Of what.</param>
    /// <param name="form">The form.</param>
    /// <param name="account">Whose work it is.</param>
    /// <param name="lease">The request's, for what cannot be kept; null: that is not accounted for.</param>
    public async Task<StoredBytes?> GetAsync(StoredContent content, EntryForm form, WorkAccount account, MemoryLease? lease)
    {
        if (!work.TrySpend(account, ClientWork.Variant))
        {
            return null;
        }

        await MakeOnceAsync(content, form, account.Lane);
        return TryRetain(content, form) ?? await InLaneAsync(content, form, account.Lane, body => IsLent(body, lease)) ?? TryRetain(content, form);
    }

    /// <summary>Keeps a form of a content that has just been made, since its plain bytes are at hand.</summary>
    /// <param name="content">Of what.</param>
    /// <param name="form">The form.</param>
    /// <param name="plain">The content's bytes, not encoded; only read during the call.</param>
    /// <param name="lease">What it takes until it is kept.</param>
    public void Keep(StoredContent content, EntryForm form, ReadOnlySpan<byte> plain, MemoryLease? lease)
    {
        var key = KeyOf(content, form);
        if ((form.Values is null && form.Coding == content.Coding) || memory.TryGet<Variant>(key, out _))
        {
            return;
        }

        if (TryEncode(plain, form, lease) is { } body)
        {
            Put(key, new Variant(content, form, body));
        }
    }

    /// <summary>Whether a template that another gateway made can be filled here: it may be of another version.</summary>
    public static bool IsReadable(StoredContent template, MemoryLease? lease)
    {
        using var plain = new PooledBuffer(lease);
        using var filled = new PooledBuffer(lease);
        return TryDecode(template, plain, lease) && filled.TryReserve(plain.Length) && ScriptTemplate.TryRender(plain.Span, Sample, filled);
    }

    private static EntryKey KeyOf(StoredContent content, EntryForm form) => content.FormsKey.Part(form.Name);

    private static bool IsLent(StoredBytes body, MemoryLease? lease)
    {
        if (lease?.TryTake(body.Length) != false)
        {
            return true;
        }

        body.Release();
        return false;
    }

    private StoredBytes Use(StoredContent content, EntryForm form, Variant variant)
    {
        if (form.IsQuick && variant.Use() == UsesOfTheKnown)
        {
            // It goes on by itself: who asks again finds the small one.
            _ = MakeOnceAsync(content, form with { IsQuick = false }, CpuLane.Ordinary);
        }

        return variant.Body;
    }

    private async Task MakeOnceAsync(StoredContent content, EntryForm form, CpuLane lane)
    {
        var key = KeyOf(content, form);
        var making = _making.GetOrAdd(key, _ => new Lazy<Task>(() => InLaneAsync(content, form, lane, body => IsKept(key, content, form, body))));
        try
        {
            await making.Value;
        }
        finally
        {
            _making.TryRemove(new KeyValuePair<EntryKey, Lazy<Task>>(key, making));
        }
    }

    private bool IsKept(EntryKey key, StoredContent content, EntryForm form, StoredBytes body)
    {
        Put(key, new Variant(content, form, body));
        return false; // It is looked for where it is kept.
    }

    private void Put(EntryKey key, Variant variant)
    {
        if (!memory.TryPut(key, variant))
        {
            variant.Release();
        }
    }

    /// <param name="content">Of what.</param>
    /// <param name="form">The form.</param>
    /// <param name="lane">Where to wait.</param>
    /// <param name="isWanted">Takes the body over when it says no.</param>
    private async Task<StoredBytes?> InLaneAsync(StoredContent content, EntryForm form, CpuLane lane, Func<StoredBytes, bool> isWanted)
    {
        using var permit = await lanes.EnterAsync(lane, CancellationToken.None);
        if (permit is null || memory.TryGet<Variant>(KeyOf(content, form), out var kept) && kept.IsOf(content, form))
        {
            return null; // Whoever looked a moment too early does not make it again.
        }

        using var lease = leases.Create(content.Site, lane);
        return TryMake(content, form, lease) is { } body && isWanted(body) ? body : null;
    }

    private static StoredBytes? TryMake(StoredContent content, EntryForm form, MemoryLease? lease)
    {
        if (!content.Body.TryRetain())
        {
            return null;
        }

        try
        {
            using var plain = new PooledBuffer(lease);
            return TryDecode(content, plain, lease) ? TryEncode(plain.Span, form, lease) : null;
        }
        finally
        {
            content.Body.Release();
        }
    }

    private static bool TryDecode(StoredContent content, PooledBuffer plain, MemoryLease? lease) =>
        Compression.TryDecode(content.Coding, content.Body.Memory.Span, (int)Math.Min(MaxPlainBytes, 2L * (lease?.LargestBody ?? MaxPlainBytes)), plain);

    /// <summary>Null when there is no room, or a template cannot be filled.</summary>
    private static StoredBytes? TryEncode(ReadOnlySpan<byte> plain, EntryForm form, MemoryLease? lease)
    {
        using var filled = new PooledBuffer(lease);
        if (form.Values is not null && !(filled.TryReserve(plain.Length) && ScriptTemplate.TryRender(plain, form.Values, filled)))
        {
            return null;
        }

        var source = form.Values is null ? plain : filled.Span;
        if (form.Coding == ContentCoding.Identity)
        {
            return StoredBytes.Copy(source);
        }

        using var encoded = new PooledBuffer(lease);
        if (!encoded.TryReserve(source.Length / 2))
        {
            return null;
        }

        Compression.Encode(form.Coding, source, encoded, form.IsQuick);
        return StoredBytes.Copy(encoded.Span);
    }
}
