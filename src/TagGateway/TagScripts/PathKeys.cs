using System.Collections.Concurrent;
using System.Collections.Immutable;
using TagGateway.Rewriting;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>The path keys (blob 58) that a site's own scripts have carried: with them its opaque tokens can be read. Bounded.</summary>
internal sealed class PathKeys
{
    /// <summary>Tags, regions and releases may differ in their keys; the oldest is forgotten.</summary>
    private const int KeysPerSite = 32;

    private readonly ConcurrentDictionary<string, ImmutableList<byte[]>> _keys = new();

    /// <param name="site">Whose own script has carried it.</param>
    /// <param name="key">32 bytes; null when the script had none.</param>
    public void Learn(Site site, byte[]? key)
    {
        if (key is null)
        {
            return;
        }

        if (_keys.TryGetValue(site.Name, out var known) && known.Exists(other => other.AsSpan().SequenceEqual(key)))
        {
            return;
        }

        _keys.AddOrUpdate(
            site.Name,
            static (_, added) => [added],
            static (_, keys, added) => keys.Count < KeysPerSite ? keys.Add(added) : keys.RemoveAt(0).Add(added),
            key);
    }

    /// <summary>What a token hides, when a key of this site made it.</summary>
    public bool TryDecode(Site site, ReadOnlySpan<char> token, out string text)
    {
        text = "";
        if (_keys.TryGetValue(site.Name, out var keys))
        {
            foreach (var key in keys)
            {
                if (PathToken.TryDecode(token, key, out text))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
