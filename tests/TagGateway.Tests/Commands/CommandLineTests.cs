using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using TagGateway.Commands;
using TagGateway.Configuration;
using TagGateway.Tests.Configuration;
using TagGateway.Tests.Receiving;

namespace TagGateway.Tests.Commands;

/// <summary>What the commands print and end with.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string Good = """{ "urls": "http://127.0.0.1:0", "geo": { "default": "US" }, "sites": { "a": { "path": "/f807", "tags": ["G-A"] } } }""";
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly CancellationTokenSource _stop = new();
    private Func<LoadedConfiguration, ConfigurationInput, WebApplication> _build = (_, _) => throw new InvalidOperationException("nothing is to be started");
    private Func<DemoStageOptions, CancellationToken, Task<DemoStage>>? _startDemo = (_, _) => throw new InvalidOperationException("nothing is to be started");

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Check_GoodConfiguration_SaysSoAndEndsWith0()
    {
        _folder.Write("c.json", Good);

        Assert.Equal(0, await InvokeAsync("check", "--config", "c.json"));
        Assert.Equal($"configuration is fine: 1 site(s){Environment.NewLine}", _output.ToString());
        Assert.Empty(Errors());
    }

    [Fact]
    public async Task Check_ConfigBeforeTheCommand_IsTheSame()
    {
        _folder.Write("c.json", "{");

        Assert.Equal(1, await InvokeAsync("--config", "c.json", "check"));
        Assert.Contains("is not valid JSON", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Warnings_GoToStandardErrorAndDoNotFail()
    {
        Assert.Equal(0, await InvokeAsync("check", "--tag", "G-A", "--tag", "G-B,G-C", "--path", "/metrics"));
        Assert.Equal(2, Errors().Count);
        Assert.All(Errors(), line => Assert.StartsWith("warning: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_ManyErrors_OneLineEachAndEndsWith1()
    {
        _folder.Write("config/taggateway.json", """{ "sites": { "a": { "path": "line\nbreak", "tags": "G-A" } }, "log": 5 }""");

        Assert.Equal(1, await InvokeAsync("check", "--urls", "https://*"));
        Assert.Equal(["sites.a.tags", "log", "sites.a.path", "tls.certificates"], Errors().Select(line => line.Split(':')[0]));
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Check_GeoDatabase_IsReadAndItsProblemNamed()
    {
        _folder.Write("c.json", """{ "sites": { "a": { "path": "/f807", "tags": ["G-A"] } }, "geo": { "database": "geo.mmdb" } }""");

        Assert.Equal(1, await InvokeAsync("check", "--config", "c.json"));
        Assert.EndsWith($"geo.database: {_folder.At("geo.mmdb")}: there is no such file", Assert.Single(Errors()), StringComparison.Ordinal);

        await File.WriteAllBytesAsync(_folder.At("geo.mmdb"), new MmdbWriter().Add("203.0.113.0/24", MmdbWriter.Place("US")).ToBytes(), TestContext.Current.CancellationToken);
        Assert.Equal(0, await InvokeAsync("check", "--config", "c.json"));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData]
    public async Task Invoke_FlagsOfASingleSite_ReachTheConfiguration(params string[] command)
    {
        LoadedConfiguration? built = null;
        _build = (loaded, _) =>
        {
            built = loaded;
            return Listening("http://127.0.0.1:0");
        };
        await _stop.CancelAsync();

        await InvokeAsync([.. command, "--urls", "http://127.0.0.1:0", "--tag", "G-A", "--path", "/f807", "--origin", "http://127.0.0.1:3000", "--host", "a.example", "--host", "b.example"]);

        Assert.Equal(command is not ["check"], built is not null);
        if (built is not null)
        {
            var site = built.Options.Sites["default"];
            Assert.Equal("http://127.0.0.1:0 G-A /f807 http://127.0.0.1:3000 a.example b.example", $"{built.Options.Urls} {site.Tags[0]} {site.Path} {site.Origin} {string.Join(' ', site.Hosts)}");
        }
    }

    [Fact]
    public async Task Run_BadConfiguration_PrintsEveryErrorAndEndsWith1()
    {
        Assert.Equal(1, await InvokeAsync("run", "--tag", "G", "--path", "f807"));
        Assert.Equal(["sites.default.path", "sites.default.tags[0]"], Errors().Select(line => line.Split(':')[0]));
    }

    [Fact]
    public async Task Run_ToldToStop_EndsWith0()
    {
        _folder.Write("c.json", Good);
        _build = (loaded, _) =>
        {
            var gateway = Listening(loaded.Options.Urls);
            gateway.Lifetime.ApplicationStarted.Register(_stop.Cancel);
            return gateway;
        };

        Assert.Equal(0, await InvokeAsync("run", "--config", "c.json"));
        Assert.Empty(Errors());
    }

    [Fact]
    public async Task Run_PortTaken_OneLineAndEndsWith3()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        _folder.Write("c.json", Good);
        _build = (_, _) => Listening($"http://{other.LocalEndpoint}");

        Assert.Equal(3, await InvokeAsync("--config", "c.json"));
        Assert.Matches("^taggateway: could not start: .*address already in use", Assert.Single(Errors()));
    }

    [Fact]
    public async Task Run_AddressOfAnotherMachine_NamesTheAddressAndEndsWith3()
    {
        _folder.Write("c.json", Good.Replace("127.0.0.1:0", "192.0.2.1:0", StringComparison.Ordinal));
        _build = (loaded, _) => Listening(loaded.Options.Urls);

        Assert.Equal(3, await InvokeAsync("--config", "c.json"));
        Assert.Contains("http://192.0.2.1:0", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SomethingUnexpected_OneLineWithoutAStackTraceAndEndsWith3()
    {
        _folder.Write("c.json", Good);
        _build = (_, _) => throw new InvalidOperationException("first line\n   second line");

        Assert.Equal(3, await InvokeAsync("--config", "c.json"));
        Assert.Equal("taggateway: first line", Assert.Single(Errors()));
    }

    [Theory]
    [InlineData("Unrecognized command or argument 'chekc'; did you mean check?", "chekc")]
    [InlineData("Unrecognized command or argument '--pth'; did you mean --path?", "run", "--pth")]
    [InlineData("Unrecognized command or argument 'x'", "check", "x")]
    [InlineData("Required argument missing for option: '--urls'", "--urls")]
    [InlineData("Option '--config' expects a single argument but 2 were provided", "check", "--config", "a", "--config", "b")]
    [InlineData("Unrecognized command or argument 'doctor'", "doctor")]
    public async Task Invoke_WrongUsage_SaysWhatAndEndsWith2(string message, params string[] arguments)
    {
        Assert.Equal(2, await InvokeAsync(arguments));
        Assert.Equal($"taggateway: {message}", Errors()[0]);
        Assert.EndsWith("--help", Errors()[^1], StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Schema_NoArguments_PrintsTheSchema()
    {
        Assert.Equal(0, await InvokeAsync("schema"));
        Assert.Equal(ConfigurationSchema.Create(), _output.ToString());
    }

    [Fact]
    public async Task Help_TheProgram_NamesItsCommandsAndNoOthers()
    {
        Assert.Equal(0, await InvokeAsync("--help"));
        var commands = _output.ToString().Split("Commands:")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["run", "check", "schema", "healthcheck", "purge", "demo"], commands.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Version_TheProgram_IsPrinted()
    {
        Assert.Equal(0, await InvokeAsync("--version"));
        Assert.Matches(@"^[0-9]+\.[0-9]+", _output.ToString());
    }

    [Fact]
    public async Task Demo_WithoutConfiguration_PutsTheGatewayBetweenShopAndStandIn()
    {
        _folder.Write("config/taggateway.json", "broken, and not read");
        LoadedConfiguration? built = null;
        var stopped = 0;
        _startDemo = (options, _) =>
        {
            Assert.Equal(new DemoStageOptions(false, "G-DEMO123", "/f807"), options);
            return Task.FromResult(new DemoStage(new Uri("http://127.0.0.1:3000"), new Uri("http://127.0.0.1:4000"), new Uri("http://127.0.0.1:5000"), [new OnDispose(() => stopped++)]));
        };
        _build = (loaded, input) =>
        {
            Assert.Empty(input.Environment);
            built = loaded;
            var gateway = Listening(loaded.Options.Urls);
            gateway.Lifetime.ApplicationStarted.Register(_stop.Cancel);
            return gateway;
        };

        Assert.Equal(0, await InvokeAsync("demo", "--urls", "http://127.0.0.1:0"));
        var site = Assert.Single(built!.Settings!.Sites.All);
        Assert.Equal("demo * /f807 G-DEMO123 http://127.0.0.1:3000", $"{site.Name} {site.Hosts[0]} {site.Path} {site.MainTag} {site.Origin!.Prefix}");
        Assert.True(built.Settings.ConnectTo.TryFind("g-demo123.fps.goog", out var google));
        Assert.Equal("http://127.0.0.1:4000/", google.AbsoluteUri);
        Assert.Empty(built.Warnings);
        Assert.Contains("http://127.0.0.1:5000/hits", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, stopped);
    }

    [Fact]
    public async Task Demo_OnlyGoogle_StartsNoGateway()
    {
        _startDemo = (options, _) =>
        {
            Assert.True(options.OnlyGoogle);
            return Task.FromResult(new DemoStage(null, new Uri("http://127.0.0.1:4000"), new Uri("http://127.0.0.1:5000"), []));
        };
        await _stop.CancelAsync();

        Assert.Equal(0, await InvokeAsync("demo", "--only", "google"));
        Assert.Contains("http://127.0.0.1:4000/", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await InvokeAsync("demo", "--only", "shop"));
    }

    private static WebApplication Listening(string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        return builder.Build();
    }

    private Task<int> InvokeAsync(params string[] arguments) =>
        CommandLine.InvokeAsync(arguments, new CommandContext(_folder.Input(), _build, _startDemo), _output, _error, _stop.Token);

    private List<string> Errors() => [.. _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)];

    private sealed class OnDispose(Action action) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            action();
            return ValueTask.CompletedTask;
        }
    }
}
