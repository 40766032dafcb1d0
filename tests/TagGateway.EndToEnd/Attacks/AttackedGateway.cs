using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.Attacks;
using TagGateway.Attacks.Connecting;
using TagGateway.Attacks.Google;
using TagGateway.Attacks.Measuring;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Attacks;

/// <summary>The program as a process of its own, between a Google that may be hostile and a website, to be attacked as load/attacks does, in little.</summary>
internal sealed class AttackedGateway : IAsyncDisposable
{
    public const string Script = "/f807/?id=G-MAIN1";
    public const string Attacker = "127.0.0.2";
    public const string Proxy = "127.0.0.200";
    private const string Host = "shop.example";
    private const int ScriptBytes = 450_000;

    /// <summary>HTTP/1.1, HTTP/2 without TLS, and both over TLS, as <see cref="TargetScheme"/> numbers them.</summary>
    private static readonly (string Name, string Value) Urls = ("TAGGATEWAY_URLS", "http://127.0.0.1:0;h2c://127.0.0.1:0;https://127.0.0.1:0");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Website _website;
    private readonly DirectoryInfo _folder;
    private readonly GatewayProcess _process;

    private AttackedGateway(HostileGoogle google, Website website, DirectoryInfo folder, GatewayProcess process)
        => (Google, _website, _folder, _process) = (google, website, folder, process);

    public HostileGoogle Google { get; }

    public ProcessMemory Memory => _process.Memory;

    /// <summary>Characters that it has logged so far.</summary>
    public int LoggedLength => _process.Output.Length;

    /// <param name="kind">What Google sends for odd loads.</param>
    /// <param name="limits">The members of <c>limits</c>, as JSON.</param>
    public static async Task<AttackedGateway> StartAsync(HostileKind kind = HostileKind.Sound, string limits = "")
    {
        var script = Encoding.UTF8.GetBytes(TagScripts.Script.Of("G-MAIN1").PadRight(ScriptBytes));
        var google = new HostileGoogle(kind, script);
        var website = await Website.StartAsync(HttpProtocols.Http1, answer: context => context.Response.WriteAsync("a page", context.RequestAborted));
        var folder = Directory.CreateTempSubdirectory("taggateway-attacks-");
        Certificate.Write(folder.FullName, TimeProvider.System);
        var file = Path.Combine(folder.FullName, "taggateway.json");
        await File.WriteAllTextAsync(file, $$"""
            {
              "tls": { "certificates": [{ "certificate": "{{folder.FullName}}/tls.crt", "key": "{{folder.FullName}}/tls.key" }] },
              "connectTo": { "*": "{{google.Address}}" }, "trustedProxies": ["{{Proxy}}"], "geo": { "default": "US-CA" }, "cache": { "memoryBytes": 16777216 }, "limits": { {{limits}} },
              "sites": { "shop": { "hosts": ["{{Host}}"], "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{website.Address}}", "beacons": { "timeout": "00:00:03" } } }
            }
            """);
        var process = await GatewayProcess.StartAsync($"--config \"{file}\"", Urls);
        var gateway = new AttackedGateway(google, website, folder, process);
        await gateway.AssertOthersServedAsync();
        return gateway;
    }

    public Target Target(TargetScheme scheme, string from = Attacker) => new(_process.Addresses[(int)scheme], from) { Host = Host };

    /// <summary>Another visitor asks for the script, in turn on new connections and a kept one; each time it comes whole.</summary>
    public async Task AssertOthersServedAsync(string header = "", string from = "127.0.0.3")
    {
        var template = header.Length == 0 ? new RequestTemplate([Script]) : new RequestTemplate([Script], header);
        foreach (var keepsConnections in new[] { false, true })
        {
            using var visitor = new RequestStream(Target(TargetScheme.Http, from), template, keepsConnections);
            for (var number = 0; number < 10; number++)
            {
                Assert.Equal(200, await visitor.SendAsync(number, Patience));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _website.DisposeAsync();
        await Google.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
