namespace TagGateway.Upstream;

/// <summary>Lets a fifth of the fetches be tried again: when Google is ill everywhere, retries must not double what it gets.</summary>
internal sealed class RetryBudget
{
    private const double PerFetch = 0.2;
    private const double Most = 10;
    private readonly Lock _gate = new();

    // A few at once after the start.
    private double _left = 3;

    public void Earn()
    {
        lock (_gate)
        {
            _left = Math.Min(Most, _left + PerFetch);
        }
    }

    public bool TrySpend()
    {
        lock (_gate)
        {
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }
}
