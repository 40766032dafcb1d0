using System.Net.Sockets;
using System.Text;

namespace TagGateway.Tests.Demo;

/// <summary>One request by a raw socket, its answer read to the end: nothing is repaired on the way.</summary>
internal static class RawHttp
{
    /// <summary>Sends the text as Latin-1 and reads until the other side closes or resets; send <c>Connection: close</c>.</summary>
    public static async Task<string> SendAsync(Uri address, string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, cancellationToken);
        }
        catch (IOException)
        {
            // A reset ends the answer as well; the test looks at what came.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
