using System.Net.Sockets;

namespace TagGateway.Attacks.Connecting;

/// <summary>A socket's stream that counts what is written. Disposing it resets the connection, so that thousands of ports do not
/// stay in TIME_WAIT.</summary>
internal sealed class CountingStream(Socket socket, Traffic traffic) : NetworkStream(socket, ownsSocket: true)
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        traffic.AddBytes(buffer.Length);
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await WriteAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        traffic.AddBytes(buffer.Length);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Socket.SafeHandle is { IsClosed: false })
        {
            Socket.LingerState = new LingerOption(true, 0);
        }

        base.Dispose(disposing);
    }
}
