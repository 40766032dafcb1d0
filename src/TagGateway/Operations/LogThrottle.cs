namespace TagGateway.Operations;

/// <summary>Lets one record of each kind through, and then one a minute with the count of those between: what clients can cause must not fill a log.</summary>
internal sealed class LogThrottle(TimeProvider time)
{
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Beyond it records that differ in their text alone count as one kind.</summary>
    public const int MaxKinds = 1024;

    private readonly Lock _change = new();
    private readonly Dictionary<(string Category, int Event, string? Text), Kind> _kinds = [];

    /// <summary>Whether this record is to be logged.</summary>
    /// <param name="category">The logger's.</param>
    /// <param name="id">The event's.</param>
    /// <param name="text">Null: all records of the event are of one kind.</param>
    /// <param name="suppressed">How many were not, since the one before that was.</param>
    public bool TryPass(string category, int id, string? text, out int suppressed)
    {
        lock (_change)
        {
            var key = (category, id, text);
            if (!_kinds.ContainsKey(key) && _kinds.Count >= MaxKinds)
            {
                RemoveOld();
                key = _kinds.Count >= MaxKinds ? (category, id, null) : key;
            }

            suppressed = 0;
            var now = time.GetTimestamp();
            if (_kinds.TryGetValue(key, out var kind) && time.GetElapsedTime(kind.Since, now) < Pause)
            {
                _kinds[key] = kind with { Suppressed = kind.Suppressed + 1 };
                return false;
            }

            suppressed = kind.Suppressed;
            _kinds[key] = new Kind(now, 0);
            return true;
        }
    }

    private void RemoveOld()
    {
        foreach (var (key, kind) in _kinds)
        {
            if (time.GetElapsedTime(kind.Since) >= Pause)
            {
                _kinds.Remove(key);
            }
        }
    }

    /// <param name="Since">When one was last let through.</param>
    /// <param name="Suppressed">How many were not since.</param>
    private readonly record struct Kind(long Since, int Suppressed);
}
