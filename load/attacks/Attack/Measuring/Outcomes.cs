namespace TagGateway.Attacks.Measuring;

/// <summary>Gathers how requests ended, and how long those took that were served.</summary>
internal sealed class Outcomes
{
    /// <summary>In place of a status: the connection or the response was cut, or time was up.</summary>
    public const int Cut = 0;

    private readonly Lock _change = new();
    private readonly SortedDictionary<int, int> _statuses = [];
    private readonly List<double> _milliseconds = [];

    public int Count
    {
        get
        {
            lock (_change)
            {
                return _statuses.Values.Sum();
            }
        }
    }

    public int Served => CountOf(status => status is >= 200 and < 300);

    public int Redirected => CountOf(status => status is >= 300 and < 400);

    public int Failed => CountOf(status => status is < 200 or >= 400);

    public void Add(int status, TimeSpan duration)
    {
        lock (_change)
        {
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            if (status is >= 200 and < 300)
            {
                _milliseconds.Add(duration.TotalMilliseconds);
            }
        }
    }

    public void Clear()
    {
        lock (_change)
        {
            _statuses.Clear();
            _milliseconds.Clear();
        }
    }

    /// <summary>In milliseconds, of what was served; null: nothing was.</summary>
    /// <param name="share">0.5 for the median.</param>
    public double? Percentile(double share)
    {
        lock (_change)
        {
            var sorted = _milliseconds.Order().ToList();
            return sorted.Count == 0 ? null : sorted[Math.Min((int)(sorted.Count * share), sorted.Count - 1)];
        }
    }

    /// <summary>As <c>200:17,302:1,cut:2</c>.</summary>
    public string Statuses()
    {
        lock (_change)
        {
            return _statuses.Count == 0 ? "-" : string.Join(',', _statuses.Select(pair => $"{(pair.Key == Cut ? "cut" : pair.Key)}:{pair.Value}"));
        }
    }

    private int CountOf(Func<int, bool> isMeant)
    {
        lock (_change)
        {
            return _statuses.Where(pair => isMeant(pair.Key)).Sum(pair => pair.Value);
        }
    }
}
