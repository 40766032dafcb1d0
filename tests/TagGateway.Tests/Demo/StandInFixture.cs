using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

/// <summary>A running stand-in and a client that reaches it as Google: by Host header, without redirects or decompression.</summary>
public sealed class StandInFixture : IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    internal GoogleStandIn Google { get; private set; } = null!; // set by InitializeAsync before any test runs

    public async ValueTask InitializeAsync() => Google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Google.DisposeAsync();
    }

    internal Task<HttpResponseMessage> GetAsync(string target, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, "G-TEST1.fps.goog", target, null, headers);

    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string host, string target, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var uri = new Uri(Google.HttpAddress, target);
        using var request = new HttpRequestMessage(method, uri) { Content = content };
        request.Headers.Host = host;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
