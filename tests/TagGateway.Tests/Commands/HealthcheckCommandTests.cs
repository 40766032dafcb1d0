using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TagGateway.Commands;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Commands;

/// <summary>Asks a real server on a free port.</summary>
public sealed class HealthcheckCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://*:{0}")]
    [InlineData("http://+:{0}/")]
    [InlineData("http://0.0.0.0:{0}")]
    public async Task Healthcheck_Ready_EndsWith0(string url)
    {
        string? asked = null;
        await using var gateway = await StartAsync(context =>
        {
            asked = context.Request.Path;
            return Task.CompletedTask;
        });

        Assert.Equal(0, await InvokeAsync(url, gateway));
        Assert.Equal("/readyz", asked);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Healthcheck_NotReady_ShowsTheFirstLineAndEndsWith1()
    {
        await using var gateway = await StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("draining\nmore");
        });

        Assert.Equal(1, await InvokeAsync("http://*:{0}", gateway));
        Assert.Equal($"taggateway: http://127.0.0.1:{Port(gateway)}/readyz: 503 draining", _error.ToString().Trim());
    }

    [Fact]
    public async Task Healthcheck_ConfigurationBrokenSinceTheStart_StillAsks()
    {
        await using var gateway = await StartAsync(_ => Task.CompletedTask);
        _folder.Write("c.json", $$"""{ "admin": { "url": "http://127.0.0.1:{{Port(gateway)}}" }, "sites": 5 }""");

        Assert.Equal(0, await InvokeAsync("--config", "c.json"));
    }

    [Fact]
    public async Task Healthcheck_NobodyThere_EndsWith1()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        _folder.Write("c.json", $$"""{ "admin": { "url": "http://127.0.0.1:{{port}}" } }""");

        Assert.Equal(1, await InvokeAsync("--config", "c.json"));
        Assert.Contains("refused", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Healthcheck_NoAnswer_GivesUpAndEndsWith1()
    {
        await using var gateway = await StartAsync(context =>
        {
            var gone = new TaskCompletionSource();
            context.RequestAborted.Register(gone.SetResult);
            return gone.Task;
        });

        Assert.Equal(1, await InvokeAsync("http://127.0.0.1:{0}", gateway));
        Assert.Contains("no answer within 3 s", _error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var gateway = builder.Build();
        gateway.Run(answer);
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    private static int Port(WebApplication gateway) => new Uri(gateway.Urls.First()).Port;

    private Task<int> InvokeAsync(string url, WebApplication gateway)
    {
        _folder.Write("c.json", $$"""{ "admin": { "url": "{{string.Format(null, url, Port(gateway))}}" } }""");
        return InvokeAsync("--config", "c.json");
    }

    private Task<int> InvokeAsync(params string[] arguments) => CommandLine.InvokeAsync(
        ["healthcheck", .. arguments],
        new CommandContext(_folder.Input(), (_, _) => throw new InvalidOperationException("nothing is to be started")),
        TextWriter.Null,
        _error,
        TestContext.Current.CancellationToken);
}
