namespace TagGateway.Attacks.Crowds;

/// <summary>The place of one connection in a crowd.</summary>
/// <param name="number">From 0; stays the same when the client comes back.</param>
/// <param name="opened">Called when the connection stands.</param>
internal sealed class CrowdSeat(int number, Action opened)
{
    public int Number => number;

    /// <summary>Whether the connection has come to stand.</summary>
    public bool IsOpened { get; private set; }

    /// <summary>Lets the next client connect.</summary>
    public void Open()
    {
        if (!IsOpened)
        {
            IsOpened = true;
            opened();
        }
    }
}
