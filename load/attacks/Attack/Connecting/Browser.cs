using System.Net;

namespace TagGateway.Attacks.Connecting;

/// <summary>Makes clients that behave as browsers do: whole requests, responses read as they come.</summary>
internal static class Browser
{
    /// <param name="target">The server and the address to come from.</param>
    /// <param name="keepsConnections">False: a new connection for each request.</param>
    public static HttpClient Create(Target target, bool keepsConnections)
    {
        var number = -1;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = keepsConnections ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
            ConnectCallback = async (_, cancellation) => await target.ConnectAsync(Interlocked.Increment(ref number), receiveBufferBytes: null, cancellation),
            SslOptions = target.TlsOptions(protocol: null),
        };
        var scheme = target.Scheme == TargetScheme.Https ? "https" : "http";
        return new HttpClient(handler)
        {
            BaseAddress = new Uri($"{scheme}://{target.Authority}"),
            DefaultRequestVersion = target.Scheme == TargetScheme.Http ? HttpVersion.Version11 : HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>A request as a browser makes it.</summary>
    /// <param name="target">Its Host.</param>
    /// <param name="template">Path, query and headers; filled in with <paramref name="number"/>.</param>
    /// <param name="number">Of the request.</param>
    public static HttpRequestMessage Request(Target target, RequestTemplate template, long number)
    {
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var scheme = target.Scheme == TargetScheme.Https ? "https" : "http";
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{scheme}://{target.Authority}{template.Path(number)}", options));
        request.Headers.Host = RequestTemplate.Fill(target.Host, number);
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        foreach (var (name, value) in template.Headers(number))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
