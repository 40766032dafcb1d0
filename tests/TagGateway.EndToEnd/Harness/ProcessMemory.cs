using System.Globalization;

namespace TagGateway.EndToEnd.Harness;

/// <summary>What a process takes of the machine's memory (Linux, /proc/PID/status: <c>VmRSS:   41234 kB</c>).</summary>
internal sealed class ProcessMemory(int process)
{
    /// <summary>Now.</summary>
    public long ResidentBytes => Read("VmRSS:");

    /// <summary>The most since its start.</summary>
    public long PeakBytes => Read("VmHWM:");

    private long Read(string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length, line.Length - name.Length - 2).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
