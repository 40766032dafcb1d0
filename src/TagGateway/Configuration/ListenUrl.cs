using System.Globalization;

namespace TagGateway.Configuration;

/// <summary>An address to serve on: <c>http://HOST[:PORT]</c>, <c>https://HOST[:PORT]</c> or <c>h2c://HOST[:PORT]</c>.</summary>
/// <param name="Scheme">What stands before <c>://</c>.</param>
/// <param name="Host">An IPv4 address, an IPv6 address in brackets, <c>localhost</c>, or <c>*</c> for every address of the machine. No other
/// name: the server would take it for <c>*</c>.</param>
/// <param name="Port">0: any free one; 80 when not given, with TLS 443.</param>
internal readonly record struct ListenUrl(ListenScheme Scheme, string Host, int Port)
{
    private const int MaxPort = 65535;

    public bool IsAnyHost => Host is "*" or "0.0.0.0" or "[::]";

    /// <summary>True when both cannot be served at once.</summary>
    public bool Collides(ListenUrl other) =>
        Port != 0 && Port == other.Port
        && (IsAnyHost || other.IsAnyHost || Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for an address at which this gateway would answer itself, seen from its own machine.</summary>
    public bool IsReachedBy(Uri uri) =>
        Port == uri.Port && (uri.Host.Equals(Host, StringComparison.OrdinalIgnoreCase) || (IsAnyHost && uri.IsLoopback));

    /// <summary>Null when malformed; then <paramref name="problem"/> says what is wrong. One trailing slash is fine.</summary>
    public static ListenUrl? Parse(string text, out string problem)
    {
        var (scheme, rest) = text.Split("://", 2) is [var left, var right] ? (left.ToLowerInvariant(), right) : ("", text);
        rest = rest.EndsWith('/') ? rest[..^1] : rest;
        var colon = rest.LastIndexOf(':') is var last && last > rest.LastIndexOf(']') ? last : rest.Length;
        var usualPort = scheme == "https" ? "443" : "80";
        var (host, digits) = (rest[..colon] is "+" ? "*" : rest[..colon], colon < rest.Length ? rest[(colon + 1)..] : usualPort);
        var isPort = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= MaxPort;
        problem = scheme switch
        {
            not ("http" or "https" or "h2c") => $"\"{text}\" must begin with http://, https:// or h2c://",
            _ when rest.Contains('/', StringComparison.Ordinal) => $"\"{text}\" must end after the port, without a path",
            _ when !isPort => $"\"{text}\": the port must be 0 to {MaxPort}",
            _ when !IsHost(host) => $"\"{text}\" names no address to listen on: give an IP address, \"localhost\", or '*' for every address",
            _ => "",
        };
        return problem.Length > 0 ? null : new ListenUrl(Enum.Parse<ListenScheme>(scheme, ignoreCase: true), host, port);
    }

    public override string ToString() => $"{Scheme.ToString().ToLowerInvariant()}://{Host}:{Port}";

    private static bool IsHost(string host) => host == "*" || Uri.CheckHostName(host) switch
    {
        UriHostNameType.Dns => host.Equals("localhost", StringComparison.OrdinalIgnoreCase),
        UriHostNameType.IPv4 => true,
        UriHostNameType.IPv6 => host[0] == '[',
        _ => false,
    };
}
