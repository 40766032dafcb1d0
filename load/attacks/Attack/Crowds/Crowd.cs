namespace TagGateway.Attacks.Crowds;

/// <summary>Holds many connections to one server at a time, until it is disposed.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int MaxConnecting = 100;

    /// <summary>A client whose connection was ended comes back after so long.</summary>
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _connecting = new(MaxConnecting);
    private readonly TaskCompletionSource _assembled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CrowdMember _member;
    private readonly bool _returns;
    private readonly Task _seats;
    private int _awaited;
    private int _opened;
    private int _refused;
    private int _ended;

    private Crowd(int size, bool returns, CrowdMember member)
    {
        (_member, _returns, _awaited) = (member, returns, size);
        _seats = Task.WhenAll([.. Enumerable.Range(0, size).Select(number => Task.Run(() => HoldSeatAsync(number)))]);
    }

    /// <summary>Completes when every client has connected once, or has failed to.</summary>
    public Task Assembled => _assembled.Task;

    /// <summary>Connections that stood, those of clients that came back included.</summary>
    public int Opened => _opened;

    /// <summary>Attempts that came to nothing.</summary>
    public int Refused => _refused;

    /// <summary>Connections that the server ended.</summary>
    public int Ended => _ended;

    /// <summary>Connections that stand now.</summary>
    public int Held => _opened - _ended;

    /// <param name="size">How many clients.</param>
    /// <param name="returns">Whether clients come back when the server has ended their connection.</param>
    /// <param name="member">What each does.</param>
    public static Crowd Start(int size, bool returns, CrowdMember member) => new(size, returns, member);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _seats;
        _connecting.Dispose();
        _stop.Dispose();
    }

    private async Task HoldSeatAsync(int number)
    {
        try
        {
            using var timer = new PeriodicTimer(Return);
            for (var isFirst = true; isFirst || (_returns && await timer.WaitForNextTickAsync(_stop.Token)); isFirst = false)
            {
                await SitAsync(number, isFirst);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the attack.
        }
    }

    private async Task SitAsync(int number, bool isFirst)
    {
        await _connecting.WaitAsync(_stop.Token);
        var seat = new CrowdSeat(number, () => Advance(ref _opened, isFirst));
        try
        {
            await _member(seat, _stop.Token);
        }
        catch (IOException)
        {
            // The server ended the connection.
        }

        _stop.Token.ThrowIfCancellationRequested();
        if (seat.IsOpened)
        {
            Interlocked.Increment(ref _ended);
        }
        else
        {
            Advance(ref _refused, isFirst);
        }
    }

    private void Advance(ref int count, bool isFirst)
    {
        Interlocked.Increment(ref count);
        _connecting.Release();
        if (isFirst && Interlocked.Decrement(ref _awaited) == 0)
        {
            _assembled.TrySetResult();
        }
    }
}
