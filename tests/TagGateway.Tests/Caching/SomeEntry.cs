using Microsoft.Extensions.Time.Testing;
using TagGateway.Caching;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Caching;

/// <summary>Entries for tests.</summary>
internal static class SomeEntry
{
    public static readonly ScriptFacts NoFacts = new([], []);

    public static EntryKey Key(string query = "", string site = "shop") => EntryKey.Of(site, "G-MAIN1", "US-CA", "/f807/", query);

    /// <param name="body">The entry takes its only reference.</param>
    /// <param name="headers">One <c>Name: value</c> a line.</param>
    /// <param name="age">When it came.</param>
    /// <param name="time">The clock; null: one that stands still.</param>
    /// <param name="coding">Of the body.</param>
    /// <param name="key">Null: any.</param>
    /// <param name="hash">Of the body.</param>
    /// <param name="isVersioned">A service-worker file.</param>
    /// <param name="purgeStamp">The newest purge when it was fetched.</param>
    public static Entry Create(
        ReadOnlySpan<byte> body = default, string headers = "Cache-Control: private, max-age=900", TimeSpan age = default, TimeProvider? time = null,
        ContentCoding coding = ContentCoding.Identity, EntryKey? key = null, string hash = "0123456789012345678901", bool isVersioned = false,
        long purgeStamp = 0, string site = "shop", string tag = "G-MAIN1")
    {
        var head = new EntryHead(key ?? Key(site: site), site, tag, Headers(headers), coding, hash, NoFacts, isVersioned, purgeStamp);
        return new Entry(head, StoredBytes.Copy(body), age, time ?? new FakeTimeProvider());
    }

    /// <param name="lines">One <c>Name: value</c> each.</param>
    public static List<HeaderField> Headers(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':', 2)).Select(parts => new HeaderField(parts[0].Trim(), parts[1].Trim()))];
}
