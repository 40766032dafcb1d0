using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>A gateway that keeps scripts: its visitors come through a trusted proxy that tells their region, and its clock can be put forward.</summary>
internal sealed class KeepingGateway : IAsyncDisposable
{
    public const string Main = "/f807/?id=G-MAIN1";
    public const string MainAtGoogle = "https://www.googletagmanager.com/gtag/js?id=G-MAIN1";

    private KeepingGateway(RunningGateway gateway, JumpingClock clock) => (Gateway, Clock) = (gateway, clock);

    public RunningGateway Gateway { get; }

    public JumpingClock Clock { get; }

    public MemoryStore Memory => Gateway.Services.GetRequiredService<MemoryStore>();

    /// <param name="google">Where <c>*.fps.goog</c> is dialled.</param>
    /// <param name="site">Further members of the site, as JSON.</param>
    /// <param name="root">Further members of the whole.</param>
    public static async Task<KeepingGateway> StartAsync(string google, string site = "", string root = "")
    {
        var clock = new JumpingClock();
        var comma = root.Length > 0 ? "," : "";
        return new KeepingGateway(await RunningGateway.StartAsync(google, site, $"\"trustedProxies\": [\"127.0.0.0/8\"]{comma}{root}", clock), clock);
    }

    /// <param name="google">Where <c>*.fps.goog</c> is dialled.</param>
    /// <param name="tags">Of the site, as JSON without the brackets.</param>
    public static async Task<KeepingGateway> StartFromTagsAsync(string google, string tags)
    {
        var clock = new JumpingClock();
        return new KeepingGateway(
            await RunningGateway.StartFromJsonAsync($$"""
                {
                  "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" }, "connectTo": { "*": "{{google}}" }, "trustedProxies": ["127.0.0.0/8"],
                  "sites": { "shop": { "path": "/f807", "tags": [{{tags}}] } }
                }
                """, clock),
            clock);
    }

    /// <summary>Changes the configuration file and waits until that is in force.</summary>
    /// <param name="text">Of the file.</param>
    /// <param name="instead">What replaces it.</param>
    public async Task ReloadAsync(string text, string instead)
    {
        var settings = Gateway.Services.GetRequiredService<CurrentSettings>();
        var before = settings.Value;
        var file = await File.ReadAllTextAsync(Gateway.File);
        Assert.Contains(text, file, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Gateway.File + ".new", file.Replace(text, instead, StringComparison.Ordinal));
        File.Move(Gateway.File + ".new", Gateway.File, overwrite: true);
        await Eventually.HoldsAsync(() => settings.Value != before, "the changed configuration is in force");
    }

    /// <summary>One request on a connection of its own.</summary>
    /// <param name="target">What is asked for.</param>
    /// <param name="headers">Further header lines, each with its end of line.</param>
    /// <param name="region">Where the proxy says the visitor is; empty: it does not say.</param>
    /// <param name="method">The method.</param>
    public Task<RawResponse> GetAsync(string target = Main, string headers = "", string region = "US-CA", string method = "GET") =>
        Gateway.SendAsync(Request(target, headers, region, method));

    public static string Request(string target = Main, string headers = "", string region = "US-CA", string method = "GET")
    {
        var told = region.Length > 0 ? $"X-Forwarded-CountryRegion: {region}\r\n" : "";
        return $"{method} {target} HTTP/1.1\r\nHost: shop.example\r\n{told}{headers}\r\n";
    }

    /// <summary>The site's own script as a browser of any age takes it.</summary>
    public static byte[] Answer(string script, string headers = "Cache-Control: private, max-age=900\r\n") => Script.Answer(
        $"Content-Type: application/javascript; charset=UTF-8\r\n{headers}", System.Text.Encoding.UTF8.GetBytes(script));

    /// <summary>Seconds of <c>Age</c>.</summary>
    public static int AgeOf(RawResponse response) => int.Parse(response.Header("Age") ?? "", NumberStyles.None, CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
