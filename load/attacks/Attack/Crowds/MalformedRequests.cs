using System.Diagnostics;
using System.Net.Security;
using TagGateway.Attacks.Connecting;

namespace TagGateway.Attacks.Crowds;

/// <summary>Sends what no server can serve, each on a connection of its own, at a steady rate.</summary>
/// <param name="target">Its scheme chooses what is sent.</param>
internal sealed class MalformedRequests(Target target)
{
    private const int MaxOpen = 500;

    /// <summary>A client that gets no response leaves after so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private int _open;
    private int _count;

    /// <summary>Sent so far.</summary>
    public int Count => _count;

    public async Task RunAsync(int perSecond, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var requests = new List<Task>();
        using var timer = new PeriodicTimer(Tick);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                for (; _count <= clock.Elapsed.TotalSeconds * perSecond && _open < MaxOpen; _count++)
                {
                    requests.Add(SendAsync(_count));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up.
        }

        await Task.WhenAll(requests);
    }

    private async Task SendAsync(int number)
    {
        Interlocked.Increment(ref _open);
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            var (bytes, isBelowTls) = MalformedForms.Choose(target.Scheme, number);
            await using var stream = isBelowTls ? await target.ConnectAsync(number, receiveBufferBytes: null, limit.Token) : await target.OpenAsync(number, SslApplicationProtocol.Http2, cancellation: limit.Token);
            await stream.WriteAsync(bytes, limit.Token);
            await stream.CopyToAsync(Stream.Null, limit.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // Refused in one way or another.
        }

        Interlocked.Decrement(ref _open);
    }
}
