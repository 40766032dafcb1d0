using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>Decides, for each connection with TLS, by which certificate and how it is secured.</summary>
internal sealed class TlsHandshake(CurrentSettings settings)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    /// <summary>An address is listened on until a restart, also when a changed configuration names no certificates any more.</summary>
    private volatile TlsCertificates? _last;

    /// <summary>For the server; nothing of them changes.</summary>
    public TlsHandshakeCallbackOptions ToOptions() => new()
    {
        HandshakeTimeout = Timeout,
        OnConnection = context => ValueTask.FromResult(Choose(context.ClientHelloInfo.ServerName)),
    };

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
}
