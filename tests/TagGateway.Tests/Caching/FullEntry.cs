using TagGateway.Caching;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Caching;

/// <summary>An entry that has all an entry can have.</summary>
internal static class FullEntry
{
    public static readonly byte[] PathKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static readonly byte[] Body = [.. "(function(){var data={};/*\u00e9*/})();"u8];

    public static readonly EntryKey Key = EntryKey.Of("shop", "G-MAIN1", "US-CA", "/f807/", "?id=G-MAIN1&l=dl");

    public static readonly EntryHead Head = new(
        Key,
        "shop",
        "G-MAIN1",
        [
            new HeaderField("Content-Type", "application/javascript; charset=UTF-8"),
            new HeaderField("Cache-Control", "private, max-age=900"),
            new HeaderField("X-Latin", "caf\u00e9"),
            new HeaderField("X-Empty", ""),
            new HeaderField("Vary", "Accept-Encoding"),
            new HeaderField("Vary", "Origin"),
        ],
        ContentCoding.Brotli,
        "AbCdEfGhIjKlMnOp-_StUQ",
        new ScriptFacts([new TagBlob("G-MAIN1", ["G-MAIN1", "GT-ALIAS"], PathKey), new TagBlob(null, [], PathKey), new TagBlob("", ["AW-1"], null)], ["AW-2", "G-3"]),
        IsVersioned: true,
        PurgeStamp: 1_767_225_600_123);

    public static readonly TimeSpan Age = TimeSpan.FromSeconds(12.345);

    public static readonly TimeSpan TimeToLive = TimeSpan.FromHours(25);

    /// <summary>With every hole there is, as its bytes read one by one.</summary>
    public const string TemplateText = "a\u00FFob\u00FFhc\u00FFsd\u00FFpe\u00FFcf\u00FFrg\u00FFth\u00FFei\u00FFgeyIwIjoiVVMiLCIxIjoiVVMtQ0EifQ\u00FFj";

    public static readonly byte[] Template = System.Text.Encoding.Latin1.GetBytes(TemplateText);

    public static byte[] TemplateBytes() =>
        EntryFormat.Write(Head with { IsTemplate = true }, Template, Age, TimeToLive) ?? throw new InvalidOperationException("too large");

    public static byte[] Bytes() => EntryFormat.Write(Head, Body, Age, TimeToLive) ?? throw new InvalidOperationException("too large");

    /// <summary>Of every part: the records hold lists, that compare by reference.</summary>
    public static string Describe(SharedEntry entry) => string.Join('|',
        entry.Head.Key, entry.Head.Site, entry.Head.Tag, string.Join(';', entry.Head.Headers), entry.Head.Coding, entry.Head.Hash,
        string.Join(';', entry.Head.Facts.Blobs.Select(blob => $"{blob.Id ?? "none"},{string.Join('+', blob.Aliases)},{Convert.ToHexString(blob.PathKey ?? [])}")),
        string.Join(';', entry.Head.Facts.NamedTags), entry.Head.IsVersioned, entry.Head.PurgeStamp,
        Convert.ToHexString(entry.Body.Span), entry.Age, entry.TimeToLive);
}
