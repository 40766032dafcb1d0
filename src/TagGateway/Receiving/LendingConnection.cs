using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using TagGateway.Responding;

namespace TagGateway.Receiving;

/// <summary>A connection to which stored bodies can be lent. For HTTP/1.1 without TLS: there alone the socket carries the response's own bytes.</summary>
internal sealed class LendingConnection(PipeReader input, LendingOutput output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;

    /// <summary>A step of the server's connection pipeline. Connections that have no socket, and systems other than Linux, are passed on as they are.</summary>
    public static ConnectionDelegate Wrap(ConnectionDelegate next) => connection =>
        OperatingSystem.IsLinux() && connection.Features.Get<IConnectionSocketFeature>() is { Socket: var socket }
            ? ServeAsync(connection, new LendingOutput(socket, connection.Transport.Output), next)
            : next(connection);

    private static async Task ServeAsync(ConnectionContext connection, LendingOutput output, ConnectionDelegate next)
    {
        connection.Transport = new LendingConnection(connection.Transport.Input, output);
        connection.Features.Set(output);
        var sending = output.SendAsync();
        try
        {
            await next(connection);
        }
        finally
        {
            // What is left goes out before the server closes the socket.
            await output.CompleteAsync();
            await sending;
        }
    }
}
