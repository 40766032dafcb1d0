using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using TagGateway.Sanitizing;

namespace TagGateway.Caching;

/// <summary>An answer of Google that may be given again; immutable. A newer one replaces it.</summary>
internal sealed class Entry : StoredItem
{
    private static readonly FrozenSet<string> Remade = new[]
    {
        HeaderNames.Age, HeaderNames.CacheControl, HeaderNames.Date, HeaderNames.ETag, HeaderNames.Expires, HeaderNames.Pragma, HeaderNames.Vary,
        HeaderNames.ContentEncoding, HeaderNames.ContentLength, HeaderNames.ContentMD5, HeaderNames.ContentRange, HeaderNames.AcceptRanges,
        HeaderNames.SetCookie, CacheStatus.Header, "Digest", "Content-Digest", "Repr-Digest",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly TimeProvider _time;
    private readonly TimeSpan _initialAge;
    private readonly long _since;
    private readonly long _headBytes;
    private volatile AgedHeaders? _aged;

    /// <param name="head">All but body and age.</param>
    /// <param name="body">Encoded as <see cref="EntryHead.Coding"/> says; the entry takes over the caller's reference.</param>
    /// <param name="age">Since its origin.</param>
    /// <param name="time">The clock; only its monotonic part counts, so that a corrected clock makes nothing older or younger.</param>
    public Entry(EntryHead head, StoredBytes body, TimeSpan age, TimeProvider time)
        : this(head, new StoredContent(head, body), age, time)
    {
    }

    /// <param name="head">All but body and age; the same of body as <paramref name="content"/>.</param>
    /// <param name="content">The entry takes over the caller's reference to its body.</param>
    /// <param name="age">Since its origin.</param>
    /// <param name="time">The clock; only its monotonic part counts, so that a corrected clock makes nothing older or younger.</param>
    public Entry(EntryHead head, StoredContent content, TimeSpan age, TimeProvider time)
    {
        (Head, Content, _initialAge, _time) = (head, content, age, time);
        _since = time.GetTimestamp();
        Rules = EntryRules.Read(head.Headers);
        ServedHeaders = [.. head.Headers
            .Where(field => !Remade.Contains(field.Name) && !DroppedHeaders.Contains(field.Name))
            .GroupBy(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase)
            .Select(lines => new KeyValuePair<string, StringValues>(lines.Key, lines.ToArray()))];
        ETags = [$"\"{head.Hash}\"", $"\"{head.Hash}-gz\"", $"\"{head.Hash}-br\""];
        Date = Header(HeaderNames.Date);
        _headBytes = sizeof(char) * (head.Headers.Sum(field => (long)field.Name.Length + field.Value.Length) + head.Facts.NamedTags.Sum(tag => tag.Length));
    }

    public EntryHead Head { get; }

    public override StoredContent Content { get; }

    public override StoredBytes Body => Content.Body;

    public EntryRules Rules { get; }

    /// <summary>The configuration under which it was last found fit to be served; null: not looked at yet. Two may race: each is right.</summary>
    public object? ApprovedFor { get; set; }

    /// <summary>The strong validator of each <see cref="ContentCoding"/>: they differ, for the bytes do.</summary>
    public IReadOnlyList<string> ETags { get; }

    /// <summary>The strong validator of a form: a template has another for whatever fills its holes, and what is made quickly for it has other bytes.</summary>
    public string ETagOf(EntryForm form) =>
        form is { Values: null, IsQuick: false } ? ETags[(int)form.Coding]
        : string.Concat(ETags[(int)form.Coding].AsSpan()[..^1], form.Values is null ? "" : $"-{form.Values.Hash}", form.IsQuick ? "-q\"" : "\"");

    /// <summary>When its origin made it, which the time of serving it does not change (RFC 9110 §6.6.1); null when it did not say.</summary>
    public string? Date { get; }

    public TimeSpan Age => _initialAge + _time.GetElapsedTime(_since);

    /// <summary>What a browser gets of the answer's headers: not those that are made anew for each answer, belong to one coding, or are the cache's alone.
    /// An entry that other gateways have stored is held against the same list.</summary>
    public IReadOnlyList<KeyValuePair<string, StringValues>> ServedHeaders { get; }

    public override long OwnBytes => _headBytes + OverheadBytes;

    public override bool IsIn(PurgeScope scope) => scope.Covers(Head.Site, Head.Tag);

    public override void Release() => Body.Release();

    /// <summary>The headers that tell the age, as of this second.</summary>
    public AgedHeaders HeadersAt(TimeSpan age, Lifetimes lifetimes)
    {
        var second = (long)age.TotalSeconds;
        var aged = _aged;
        return aged?.Second == second && aged.Lifetimes == lifetimes ? aged : _aged = AgedHeaders.At(second, this, lifetimes);
    }

    /// <summary>The first value of a header; null when the answer had none.</summary>
    public string? Header(string name) => EntryRules.Values(Head.Headers, name).FirstOrDefault();
}
