using System.Collections.Concurrent;
using System.Collections.Immutable;
using TagGateway.Rewriting;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>What a site's own scripts have told: the keys (blob 58) that its opaque tokens are made with, and the further tags that its containers load.
/// Bounded.</summary>
internal sealed class SiteKnowledge
{
    /// <summary>Tags, regions and releases may differ in their keys; the oldest is forgotten.</summary>
    private const int MaxKeys = 32;
    private const int MaxTags = 1024;

    private readonly ConcurrentDictionary<TagId, bool> _tags = new();
    private ImmutableList<byte[]> _keys = [];

    private volatile bool _isRead;

    /// <summary>Whether the site's scripts have been asked since the start, or since the site's configuration changed.</summary>
    public bool IsRead
    {
        get => _isRead;
        set => _isRead = value;
    }

    /// <summary>Tags that a container of the site loads, so that they may be served from its origin.</summary>
    public IEnumerable<TagId> NamedTags => _tags.Keys;

    public bool Names(TagId tag) => _tags.ContainsKey(tag);

    /// <param name="facts">Of a script that the site may serve.</param>
    public void Learn(ScriptFacts facts)
    {
        foreach (var blob in facts.Blobs)
        {
            if (blob.PathKey is { } key && !_keys.Exists(known => known.AsSpan().SequenceEqual(key)))
            {
                ImmutableInterlocked.Update(ref _keys, (keys, added) => (keys.Count < MaxKeys ? keys : keys.RemoveAt(0)).Add(added), key);
            }

            Learn(blob.Aliases);
        }

        Learn(facts.NamedTags);
    }

    /// <summary>What a token hides, when a key of this site made it.</summary>
    public bool TryDecode(ReadOnlySpan<char> token, out string text)
    {
        text = "";
        foreach (var key in _keys)
        {
            if (PathToken.TryDecode(token, key, out text))
            {
                return true;
            }
        }

        return false;
    }

    private void Learn(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (TagId.TryParse(name, out var tag) && _tags.Count < MaxTags)
            {
                _tags.TryAdd(tag, true);
            }
        }
    }
}
