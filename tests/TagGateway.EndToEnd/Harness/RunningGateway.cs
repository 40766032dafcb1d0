using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TagGateway.Configuration;
using TagGateway.Receiving;

namespace TagGateway.EndToEnd.Harness;

/// <summary>The real gateway on real sockets of the loopback, in this process.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    /// <summary>For the root: every visitor is in California, so that scripts are kept.</summary>
    public const string KnownRegion = "\"geo\": { \"default\": \"US-CA\" }";

    private readonly WebApplication _app;

    private RunningGateway(WebApplication app, string file) => (_app, File) = (app, file);

    /// <summary>Its configuration file, which it watches.</summary>
    public string File { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>A part of it, to look at from inside.</summary>
    public TPart Get<TPart>()
        where TPart : notnull => _app.Services.GetRequiredService<TPart>();

    /// <summary>Where visitors are served: <c>http://127.0.0.1:PORT</c>.</summary>
    public string Address => _app.Services.GetRequiredService<Endpoints>().Traffic[0];

    public string Admin => _app.Services.GetRequiredService<Endpoints>().Admin[0];

    /// <summary>One site on <c>shop.example</c> with path <c>/f807</c> and tags G-MAIN1 and G-OTHER2; Google is at <paramref name="google"/>.</summary>
    /// <param name="google">Where <c>*.fps.goog</c> is dialled.</param>
    /// <param name="site">Further members of the site, as JSON: <c>"origin": "…"</c>.</param>
    /// <param name="root">Further members of the whole.</param>
    /// <param name="time">Its clock; null: the system's.</param>
    public static Task<RunningGateway> StartAsync(string google, string site = "", string root = "", TimeProvider? time = null)
    {
        var comma = site.Length > 0 ? "," : "";
        var rootComma = root.Length > 0 ? "," : "";
        return StartFromJsonAsync($$"""
            {
              "urls": "http://127.0.0.1:0",
              "admin": { "url": "http://127.0.0.1:0" },
              "log": { "level": "error" },
              "connectTo": { "*": "{{google}}" },
              "sites": { "shop": { "hosts": ["shop.example"], "path": "/f807", "tags": ["G-MAIN1", "G-OTHER2"]{{comma}}{{site}} } }{{rootComma}}{{root}}
            }
            """, time);
    }

    public static async Task<RunningGateway> StartFromJsonAsync(string json, TimeProvider? time = null)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("taggateway-").FullName, "taggateway.json");
        await System.IO.File.WriteAllTextAsync(file, json);
        var input = new ConfigurationInput(new ConfigurationFlags { Config = file }, new Dictionary<string, string>(), Path.GetTempPath());
        var loaded = ConfigurationLoader.Load(input);
        Assert.True(loaded.Settings is not null, string.Join('\n', loaded.Errors));
        var app = Program.Build(loaded, input, time ?? TimeProvider.System);
        await app.StartAsync();
        return new RunningGateway(app, file);
    }

    public Task<RawResponse> SendAsync(string request) => RawClient.SendAsync(Address, request);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(File)!, recursive: true); // made by the start
    }
}
