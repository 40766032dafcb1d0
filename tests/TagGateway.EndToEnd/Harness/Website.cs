using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace TagGateway.EndToEnd.Harness;

/// <summary>A website as it may stand behind the gateway: echoes WebSockets, streams events, tells what it was asked.</summary>
internal sealed class Website : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RequestDelegate? _answer;
    private int _connections;

    private Website(WebApplication app, RequestDelegate? answer, string? certificatePem) => (_app, _answer, CertificatePem) = (app, answer, certificatePem);

    public string Address => _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();

    /// <summary>Its own certificate, for 127.0.0.1 and localhost; null without TLS.</summary>
    public string? CertificatePem { get; }

    /// <summary>How many the gateway has made.</summary>
    public int Connections => _connections;

    /// <summary>What the last TLS connection asked for by name; null for an address.</summary>
    public string? ServerName { get; private set; }

    /// <summary>Lets <c>/events</c> send its next event.</summary>
    public SemaphoreSlim NextEvent { get; } = new(0);

    /// <param name="protocols">That it speaks.</param>
    /// <param name="tls">With a certificate of its own.</param>
    /// <param name="answer">What it does; null: as this class tells.</param>
    /// <param name="offered">What it agrees on by TLS, asked at each connection; null: all that it speaks.</param>
    public static async Task<Website> StartAsync(HttpProtocols protocols, bool tls = false, RequestDelegate? answer = null, Func<HttpProtocols>? offered = null)
    {
        Website? website = null;
        using var certificate = tls ? CreateCertificate() : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var served = certificate is null ? null : X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.Use(next => connection =>
                {
                    Interlocked.Increment(ref website!._connections); // it listens only later
                    return next(connection);
                });
                if (served is not null)
                {
                    listen.UseHttps(https =>
                    {
                        https.ServerCertificateSelector = (_, name) =>
                        {
                            website!.ServerName = name; // it listens only later
                            return served;
                        };
                        https.OnAuthenticate = (_, authentication) => Offer(authentication, offered?.Invoke() ?? protocols);
                    });
                }
            });
        });
        var app = builder.Build();
        website = new Website(app, answer, certificate?.ExportCertificatePem());
        app.UseWebSockets();
        app.Run(website.AnswerAsync);
        await app.StartAsync();
        return website;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        NextEvent.Dispose();
    }

    private Task AnswerAsync(HttpContext context) => _answer?.Invoke(context) ?? context.Request.Path.Value switch
    {
        "/socket" => EchoAsync(context),
        "/events" => StreamAsync(context),
        _ => context.Response.WriteAsync(
            $"{context.Request.Method} {context.Request.Protocol} {context.Request.Host} {context.Request.Headers["X-Forwarded-Proto"]} {context.Request.Headers["X-Forwarded-For"]}"),
    };

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } received)
        {
            if (buffer.AsSpan(0, received.Count).SequenceEqual("leave"u8))
            {
                await socket.CloseAsync((WebSocketCloseStatus)4001, "gone", context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, "bye", context.RequestAborted);
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        for (var number = 1; !context.RequestAborted.IsCancellationRequested; number++)
        {
            await context.Response.WriteAsync($"data: {number}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await NextEvent.WaitAsync(context.RequestAborted);
        }
    }

    private static void Offer(SslServerAuthenticationOptions authentication, HttpProtocols protocols) => authentication.ApplicationProtocols =
        protocols.HasFlag(HttpProtocols.Http2) ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11];

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // A subject of its own: of two that share one, only the first in a file is looked at.
        var request = new CertificateRequest($"CN={Guid.NewGuid()}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
