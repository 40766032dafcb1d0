using System.Collections.Frozen;
using System.Text;

namespace TagGateway.Html;

/// <summary>What a site wants of the tags in its pages; one for all of them.</summary>
internal sealed class TagPlan
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _tags;
    private readonly byte[] _pathMark = [];

    /// <param name="tags">The ids that may be served, in upper case; the first is the main tag.</param>
    public TagPlan(IReadOnlyList<string> tags)
    {
        MainTag = tags[0];
        _tags = tags.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string MainTag { get; }

    /// <summary>The main tag is a Tag Manager container: booted by a script, where other tags are configured by one.</summary>
    public bool IsContainer => MainTag.StartsWith("GTM-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The measurement path, without a trailing slash: <c>/f807</c>.</summary>
    public required string Path
    {
        get;
        init
        {
            field = value;
            _pathMark = Encoding.UTF8.GetBytes(value);
        }
    }

    /// <summary>The path as it stands in a page.</summary>
    public ReadOnlySpan<byte> PathMark => _pathMark;

    /// <summary>Every request of the tag is first-party: the <c>noscript</c> frame too.</summary>
    public bool IsFull { get; init; }

    /// <summary>Null: a page without a tag stays without one.</summary>
    public InjectPosition? Inject { get; init; }

    /// <summary>A JSON object, said by <c>gtag('consent', 'default', …)</c> before an injected tag; null: nothing is said.</summary>
    public string? ConsentDefault { get; init; }

    /// <summary>A tag stays as it is where the page's consent platform may block scripts by their addresses.</summary>
    public bool HeedsBlocking { get; init; } = true;

    /// <param name="id">As a page spells it.</param>
    public bool Allows(ReadOnlySpan<char> id) => _tags.Contains(id);
}
