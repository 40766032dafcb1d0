using System.Collections.Concurrent;

namespace TagGateway.Upstream;

/// <summary>The hosts under which TLS websites are asked on connections of their own, and what those speak. Bounded: a site for any host has as many
/// as its visitors care to write.</summary>
internal sealed class OriginHosts(TimeProvider time)
{
    /// <summary>To one origin.</summary>
    public const int MaxHosts = 64;

    /// <summary>Longer than the client keeps a connection that is not used.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Entry>> _origins = [];

    /// <summary>False when the origin's table is full of others that are in use.</summary>
    /// <param name="authority">The origin's host and port.</param>
    /// <param name="host">As it is sent; a port does not matter, as it does not to the client.</param>
    public bool TryUse(string authority, string? host)
    {
        var (hosts, name, now) = (_origins.GetOrAdd(authority, static _ => new ConcurrentDictionary<string, Entry>()), NameOf(host), time.GetTimestamp());
        if (hosts.TryGetValue(name, out var entry))
        {
            entry.LastUsed = now;
            return true;
        }

        if (hosts.Count >= MaxHosts)
        {
            foreach (var (other, state) in hosts)
            {
                if (time.GetElapsedTime(state.LastUsed, now) > Rest)
                {
                    hosts.TryRemove(other, out _);
                }
            }
        }

        // Two that come at once may both be let in: harmless.
        return hosts.Count < MaxHosts && (hosts.TryAdd(name, new Entry { LastUsed = now }) || true);
    }

    /// <summary>Whether the origin has once not agreed on HTTP/2 for this host.</summary>
    public bool IsHttp11(string authority, string? host) =>
        _origins.TryGetValue(authority, out var hosts) && hosts.TryGetValue(NameOf(host), out var entry) && entry.IsHttp11;

    /// <summary>Remembers it as long as the host has connections of its own.</summary>
    public void SetHttp11(string authority, string? host)
    {
        if (_origins.TryGetValue(authority, out var hosts) && hosts.TryGetValue(NameOf(host), out var entry))
        {
            entry.IsHttp11 = true;
        }
    }

    private static string NameOf(string? host) => host is null ? "" : new HostString(host).Host;

    private sealed class Entry
    {
        public long LastUsed { get; set; }

        public bool IsHttp11 { get; set; }
    }
}
