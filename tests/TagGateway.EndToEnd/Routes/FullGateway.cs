using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Routes;

/// <summary>The gateway with full coverage before a Google of bare sockets: the site of <see cref="RunningGateway.StartAsync"/>.</summary>
internal static class FullGateway
{
    public const string UpstreamGoogle = "\"upstream\": \"google\"";
    public const string CoverageFull = "\"coverage\": \"full\"";

    private const string Proxy = "\"trustedProxies\": [\"127.0.0.1\"]";

    public static Task<RunningGateway> StartAsync(RawUpstream google, string site = UpstreamGoogle) =>
        RunningGateway.StartAsync(google.Address, site, $"{Proxy}, {RunningGateway.KnownRegion}");

    public static Task<RawResponse> GetAsync(RunningGateway gateway, string target, string headers = "", string method = "GET") =>
        gateway.SendAsync($"{method} {target} HTTP/1.1\r\nHost: shop.example\r\n{headers}\r\n");

    public static Task<RawResponse> PostAsync(RunningGateway gateway, string target, string body, string headers = "") =>
        gateway.SendAsync($"POST {target} HTTP/1.1\r\nHost: shop.example\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}");

    public static string Answer(string type, string body, string headers = "", int status = 200) =>
        $"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}";
}
