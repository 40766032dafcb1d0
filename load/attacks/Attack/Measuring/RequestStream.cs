using System.Diagnostics;
using TagGateway.Attacks.Connecting;

namespace TagGateway.Attacks.Measuring;

/// <summary>Sends whole requests at a steady rate, however long the responses take, and reads what comes.</summary>
/// <param name="target">The server and the address to come from.</param>
/// <param name="template">Of the requests.</param>
/// <param name="keepsConnections">False: a new connection for each.</param>
internal sealed class RequestStream(Target target, RequestTemplate template, bool keepsConnections) : IDisposable
{
    /// <summary>More open requests than this are not added: the server has long been overrun.</summary>
    private const int MaxOpen = 2000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly HttpClient _client = Browser.Create(target, keepsConnections);
    private int _open;

    public Outcomes Outcomes { get; } = new();

    /// <param name="perSecond">Requests.</param>
    /// <param name="patience">After which a client gives up.</param>
    /// <param name="first">The number of the first request, for its template.</param>
    /// <param name="stop">No request begins after it; those under way are waited for.</param>
    public async Task RunAsync(double perSecond, TimeSpan patience, long first, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var requests = new List<Task>();
        using var timer = new PeriodicTimer(Tick);
        var sent = 0L;
        try
        {
            do
            {
                for (; sent <= clock.Elapsed.TotalSeconds * perSecond && _open < MaxOpen; sent++)
                {
                    requests.Add(SendAsync(first + sent, patience));
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Time is up.
        }

        await Task.WhenAll(requests);
    }

    /// <summary>Sends a few requests that do not count: the first ones take the time that this program needs to get going.</summary>
    public async Task WarmAsync(TimeSpan patience)
    {
        for (var number = 0; number < 3; number++)
        {
            await SendAsync(number, patience);
        }

        Outcomes.Clear();
    }

    /// <summary>Sends one request; its status, or <see cref="Outcomes.Cut"/>.</summary>
    public async Task<int> SendAsync(long number, TimeSpan patience)
    {
        Interlocked.Increment(ref _open);
        var begin = Stopwatch.GetTimestamp();
        var status = Outcomes.Cut;
        try
        {
            using var limit = new CancellationTokenSource(patience);
            using var request = Browser.Request(target, template, number);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await response.Content.CopyToAsync(Stream.Null, limit.Token);
            status = (int)response.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            // Counted as cut.
        }

        Outcomes.Add(status, Stopwatch.GetElapsedTime(begin));
        Interlocked.Decrement(ref _open);
        return status;
    }

    public void Dispose() => _client.Dispose();
}
