using TagGateway.Caching;

namespace TagGateway.Upstream;

/// <summary>What becomes of a script or page of Google's that is passed on.</summary>
/// <param name="verdict">Whether it may be served.</param>
internal sealed class RewrittenAnswer(ScriptVerdict verdict) : IDisposable
{
    public ScriptVerdict Verdict => verdict;

    /// <summary>It could not be read for the want of room, and must not be served unread.</summary>
    public bool IsShed { get; init; }

    /// <summary>A body that others get as well; the answer holds a reference to it. Null, with <see cref="Own"/>: the body stays as it came.</summary>
    public StoredBytes? Stored { get; init; }

    /// <summary>The coding of <see cref="Stored"/>.</summary>
    public ContentCoding Coding { get; init; }

    /// <summary>A body for this visitor alone, not encoded.</summary>
    public PooledBuffer? Own { get; init; }

    public static RewrittenAnswer AsItCame() => new(ScriptVerdict.Serve);

    public static RewrittenAnswer Shed() => new(ScriptVerdict.Unreadable) { IsShed = true };

    public void Dispose()
    {
        Stored?.Release();
        Own?.Dispose();
    }
}
