using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace TagGateway.Receiving;

/// <summary>An HTTP/2 connection that can be told to send a GOAWAY.</summary>
internal sealed class GoAwayConnection(PipeReader input, GoAwayOutput output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;

    /// <summary>A step of the server's connection pipeline, behind TLS. Connections of HTTP/1.1 are passed on as they are.</summary>
    /// <param name="next">The next step.</param>
    /// <param name="isHttp2">The listener speaks HTTP/2 alone; else it is what the TLS handshake has agreed on.</param>
    public static ConnectionDelegate Wrap(ConnectionDelegate next, bool isHttp2) => connection =>
    {
        if (isHttp2 || connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol.Span.SequenceEqual(SslApplicationProtocol.Http2.Protocol.Span) == true)
        {
            var output = new GoAwayOutput(connection.Transport.Output);
            connection.Transport = new GoAwayConnection(connection.Transport.Input, output);
            connection.Features.Set(output);
        }

        return next(connection);
    };
}
