using System.IO.Pipelines;
using System.Net.Sockets;
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
    /// <param name="next">The next step.</param>
    /// <param name="createStall">Creates what ends the connection when the client takes nothing.</param>
    public static ConnectionDelegate Wrap(ConnectionDelegate next, Func<Action, StallTimeout> createStall) => connection =>
        OperatingSystem.IsLinux() && connection.Features.Get<IConnectionSocketFeature>() is { Socket: var socket }
            ? ServeAsync(connection, socket, next, createStall)
            : next(connection);

    private static async Task ServeAsync(ConnectionContext connection, Socket socket, ConnectionDelegate next, Func<Action, StallTimeout> createStall)
    {
        using var stall = createStall(() => connection.Abort(new ConnectionAbortedException("The client takes nothing of the response.")));
        var output = new LendingOutput(socket, connection.Transport.Output, stall);
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
