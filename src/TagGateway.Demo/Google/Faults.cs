using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Demo.Google;

/// <summary>The scripted faults in order: the first that matches a request and is not used up is laid over its answer.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    public void Add(Fault fault)
    {
        lock (_gate)
        {
            _entries.Add(new(fault));
        }
    }

    /// <summary>Replaces all faults by <paramref name="faults"/>.</summary>
    public void Set(IEnumerable<Fault> faults)
    {
        lock (_gate)
        {
            _entries.Clear();
            _entries.AddRange(faults.Select(fault => new Entry(fault)));
        }
    }

    public void Clear() => Set([]);

    /// <summary>Takes one use of the fault for this request; false when it shall be answered well.</summary>
    public bool TryTake(RecordedRequest request, [NotNullWhen(true)] out Fault? fault)
    {
        lock (_gate)
        {
            var entry = _entries.Find(candidate => candidate.Left != 0 && candidate.Fault.Matches(request));
            fault = entry?.Fault;
            if (entry?.Left > 0)
            {
                entry.Left--;
            }

            return entry is not null;
        }
    }

    /// <summary>A fault and how often it may still strike; negative = for ever.</summary>
    private sealed class Entry(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int Left { get; set; } = fault.Times ?? -1;
    }
}
