using System.Net.WebSockets;
using System.Security.Cryptography;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>WebSockets of visitors by HTTP/1.1 and HTTP/2 to websites of every protocol: upgrade and extended CONNECT, each into each.</summary>
public sealed class WebSocketTests
{
    private const int BigMessage = 3 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task WebSocket_EveryProtocolToEvery_CarriesBigMessagesAndCloseCodes()
    {
        await using var websites = await Websites.StartAsync();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var patience = new CancellationTokenSource(Patience);

        foreach (var version in new[] { 1, 2 })
        {
            foreach (var host in new[] { "http.example", "h2c.example", "tls1.example", "tls2.example" })
            {
                await AssertEchoesAsync(websites, version, host, invoker, patience.Token);
                await AssertServerMayLeaveAsync(websites, version, host, invoker, patience.Token);
            }
        }
    }

    private static async Task AssertEchoesAsync(Websites websites, int version, string host, HttpMessageInvoker invoker, CancellationToken cancellation)
    {
        using var socket = await ConnectAsync(websites, version, host, invoker, cancellation);
        var (message, echo) = (RandomNumberGenerator.GetBytes(BigMessage), new byte[BigMessage]);

        var sending = socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellation);
        var read = 0;
        while (read < BigMessage)
        {
            read += (await socket.ReceiveAsync(echo.AsMemory(read), cancellation)).Count;
        }

        await sending;
        await socket.CloseAsync((WebSocketCloseStatus)4002, "done", cancellation);

        Assert.True(message.AsSpan().SequenceEqual(echo), $"HTTP/{version} to {host}: the echo is another");
        Assert.Equal((4002, "bye"), ((int?)socket.CloseStatus, socket.CloseStatusDescription));
    }

    private static async Task AssertServerMayLeaveAsync(Websites websites, int version, string host, HttpMessageInvoker invoker, CancellationToken cancellation)
    {
        using var socket = await ConnectAsync(websites, version, host, invoker, cancellation);

        await socket.SendAsync("leave"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        var received = await socket.ReceiveAsync(new byte[100], cancellation);

        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        Assert.Equal((4001, "gone"), ((int?)socket.CloseStatus, socket.CloseStatusDescription));
    }

    private static async Task<ClientWebSocket> ConnectAsync(Websites websites, int version, string host, HttpMessageInvoker invoker, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.SetRequestHeader("Host", host);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{websites.Authority(version)}/socket"), invoker, cancellation);
        }
        catch (WebSocketException e)
        {
            Assert.Fail($"HTTP/{version} to {host}: {e.Message}\n{websites.Gateway(version).Output}");
        }

        return socket;
    }
}
