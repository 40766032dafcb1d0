using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Upstream;

/// <summary>Which address is really dialled for a Google host, as curl's <c>--connect-to</c>: the Host header and TLS server name stay Google's.</summary>
internal sealed class ConnectTo
{
    public static readonly ConnectTo Nothing = new(new Dictionary<string, Uri>());

    private readonly Dictionary<string, Uri> _targets;

    /// <param name="targets">Keys that are <see cref="IsKey"/>, values from <see cref="TryParseTarget"/>.</param>
    public ConnectTo(IReadOnlyDictionary<string, Uri> targets) =>
        _targets = new Dictionary<string, Uri>(targets, StringComparer.OrdinalIgnoreCase);

    /// <summary>An exact host, <c>*.suffix</c> (any number of labels) or <c>*</c>.</summary>
    public static bool IsKey([NotNullWhen(true)] string? key) =>
        key == "*" || Uri.CheckHostName(key is not null && key.StartsWith("*.", StringComparison.Ordinal) ? key[2..] : key) == UriHostNameType.Dns;

    /// <summary><c>http://</c> or <c>https://</c>, a host and an optional port; nothing behind it.</summary>
    public static bool TryParseTarget(string? text, [NotNullWhen(true)] out Uri? target) =>
        Uri.TryCreate(text, UriKind.Absolute, out target) && target.Scheme is "http" or "https"
        && target is { PathAndQuery: "/", Fragment: "", UserInfo: "", Host.Length: > 0 };

    /// <summary>The most exact key wins: the host itself, then the longest suffix, then <c>*</c>.</summary>
    public bool TryFind(string host, [NotNullWhen(true)] out Uri? target)
    {
        target = null;
        if (_targets.Count == 0)
        {
            return false;
        }

        if (_targets.TryGetValue(host, out target))
        {
            return true;
        }

        for (var dot = host.IndexOf('.'); dot >= 0; dot = host.IndexOf('.', dot + 1))
        {
            if (_targets.TryGetValue("*" + host[dot..], out target))
            {
                return true;
            }
        }

        return _targets.TryGetValue("*", out target);
    }

    /// <summary>Same hosts to same addresses: connections may then be kept over a reload.</summary>
    public bool IsSameAs(ConnectTo other) =>
        _targets.Count == other._targets.Count
        && _targets.All(pair => other._targets.TryGetValue(pair.Key, out var target) && target == pair.Value);
}
