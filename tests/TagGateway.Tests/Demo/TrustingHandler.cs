using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

/// <summary>Makes handlers that dial the stand-in for every host and trust its authority, and nothing else.</summary>
internal static class TrustingHandler
{
    public static SocketsHttpHandler Create(GoogleStandIn google) => new()
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { X509Certificate2.CreateFromPem(google.AuthorityPem) },
            },
        },
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(google.HttpsAddress!.Host, google.HttpsAddress.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
