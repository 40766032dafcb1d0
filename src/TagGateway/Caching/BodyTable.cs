using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Caching;

/// <summary>The bodies that the items of a store hold. Counts each once, however many items share it, and finds what has been made of bytes that come again. All but
/// <see cref="TryRetain"/> is done under the store's lock.</summary>
internal sealed class BodyTable
{
    private readonly Dictionary<StoredBytes, Holders> _holders = [];
    private readonly ConcurrentDictionary<ContentKey, StoredContent> _contents = new();

    /// <summary>A content that an item of the store holds. The caller releases its body.</summary>
    public bool TryRetain(ContentKey key, [NotNullWhen(true)] out StoredContent? content)
    {
        if (_contents.TryGetValue(key, out content) && content.Body.TryRetain())
        {
            return true;
        }

        content = null;
        return false;
    }

    /// <summary>What the store would take more if <paramref name="item"/> came and <paramref name="former"/> went, their keys apart.</summary>
    /// <param name="item">Not held yet.</param>
    /// <param name="former">Held; null: none goes.</param>
    public long BytesOfReplacing(StoredItem? former, StoredItem item)
    {
        var isSame = former?.Body is not null && former.Body == item.Body;
        var come = item.Body is { } body && HoldersOf(body) == 0 ? body.Length : 0;
        var gone = former?.Body is { } old && !isSame && HoldersOf(old) == 1 ? old.Length : 0;
        return item.OwnBytes + come - (former?.OwnBytes ?? 0) - gone;
    }

    /// <returns>What the store takes more.</returns>
    public BodyChange Add(StoredItem item, bool isResident)
    {
        if (item is { Content: { Key: { } key } content, Body: { } body } && HoldersOf(body) == 0)
        {
            _contents.TryAdd(key, content);
        }

        return OwnChange(item, 1, isResident) + Change(item, 1, isResident);
    }

    /// <returns>What the store takes more: negative.</returns>
    public BodyChange Remove(StoredItem item, bool isResident)
    {
        var change = OwnChange(item, -1, isResident) + Change(item, -1, isResident);
        if (item is { Content: { Key: { } key } content, Body: { } body } && HoldersOf(body) == 0)
        {
            _contents.TryRemove(new KeyValuePair<ContentKey, StoredContent>(key, content));
        }

        return change;
    }

    private int HoldersOf(StoredBytes body) => _holders.GetValueOrDefault(body).All;

    private static BodyChange OwnChange(StoredItem item, int sign, bool isResident) => new(sign * item.OwnBytes, isResident ? 0 : sign * item.OwnBytes);

    private BodyChange Change(StoredItem item, int added, bool isResident)
    {
        if (item.Body is not { } body)
        {
            return default;
        }

        var before = _holders.GetValueOrDefault(body);
        var after = isResident ? before with { Residents = before.Residents + added } : before with { Newcomers = before.Newcomers + added };
        if (after.All == 0)
        {
            _holders.Remove(body);
        }
        else
        {
            _holders[body] = after;
        }

        return new BodyChange(after.Bytes(body) - before.Bytes(body), after.NewcomerBytes(body) - before.NewcomerBytes(body));
    }

    /// <summary>How many items hold a body. It counts as a newcomer's until a resident holds it too.</summary>
    private readonly record struct Holders(int Newcomers, int Residents)
    {
        public int All => Newcomers + Residents;

        public long Bytes(StoredBytes body) => All > 0 ? body.Length : 0;

        public long NewcomerBytes(StoredBytes body) => Newcomers > 0 && Residents == 0 ? body.Length : 0;
    }
}
