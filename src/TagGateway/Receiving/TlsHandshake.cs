using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>Decides, for each connection with TLS, by which certificate and how it is secured.</summary>
internal sealed class TlsHandshake(CurrentSettings settings, ILogger<TlsHandshake> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    /// <summary>An address is listened on until a restart, also when a changed configuration names no certificates any more.</summary>
    private volatile TlsCertificates? _last = settings.Value.Tls?.Certificates;

    /// <summary>Has an address speak TLS: what is added to it later sees what the browser wrote.</summary>
    public void AddTo(ListenOptions listen)
    {
        listen.Use(Guard);
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = Timeout,
            OnConnection = context => ValueTask.FromResult(Choose(context.ClientHelloInfo.ServerName)),
        });
    }

    /// <param name="serverName">Null or empty without SNI.</param>
    public SslServerAuthenticationOptions Choose(string? serverName)
    {
        var certificates = settings.Value.Tls?.Certificates ?? _last ?? throw new AuthenticationException("no certificate is configured");
        _last = certificates;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificates.Find(serverName).Context,
            ApplicationProtocols = Protocols,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
        };
    }

    /// <summary>A step of the server's connection pipeline, before the TLS. Of a greeting that it cannot read (too old, or damaged) the platform asks
    /// nobody for a certificate, and then fails for the want of one: each would be an error in the log.</summary>
    private ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        try
        {
            await next(connection);
        }
        catch (NotSupportedException)
        {
            logger.HandshakeUnreadable();
        }
    };
}
