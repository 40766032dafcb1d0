using System.Net.Security;
using System.Net.Sockets;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>A connection with TLS, as the browser's side sees it.</summary>
/// <param name="Client">Whose socket it is.</param>
/// <param name="Stream">Decrypted.</param>
/// <param name="Thumbprint">Of the server's own certificate.</param>
/// <param name="Chain">Thumbprints of the certificates that came with it.</param>
internal sealed record TlsVisit(TcpClient Client, SslStream Stream, string Thumbprint, IReadOnlyList<string> Chain) : IDisposable
{
    public void Dispose()
    {
        Stream.Dispose();
        Client.Dispose();
    }
}
