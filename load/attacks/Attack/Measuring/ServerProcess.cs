using System.Globalization;

namespace TagGateway.Attacks.Measuring;

/// <summary>Reads of Linux (<c>/proc</c>) what a server's processes use: itself and its children.</summary>
/// <param name="pid">Of the first.</param>
internal sealed class ServerProcess(int pid)
{
    private const double TicksPerSecond = 100;

    public bool IsAlive => File.Exists($"/proc/{pid}/status") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>Resident memory of all processes, in kB.</summary>
    public long MemoryKilobytes => Family().Sum(process => Number(process, "VmRSS:"));

    public int Descriptors => Family().Sum(process => Try(() => Directory.GetFiles($"/proc/{process}/fd").Length));

    /// <summary>Of all threads of all processes, since their start.</summary>
    public double CpuSeconds => Family().Sum(process => Try(() =>
    {
        // Behind the name, which may hold anything: state is field 3, utime field 14, stime field 15 (proc(5)).
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
    })) / TicksPerSecond;

    private List<int> Family()
    {
        var family = new List<int> { pid };
        for (var next = 0; next < family.Count; next++)
        {
            var parent = family[next];
            family.AddRange(Try(() => File.ReadAllText($"/proc/{parent}/task/{parent}/children"))?
                .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture)) ?? []);
        }

        return family;
    }

    private static long Number(int process, string name) => Try(() =>
        File.ReadLines($"/proc/{process}/status").Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => long.Parse(line.AsSpan(name.Length, line.Length - name.Length - 2).Trim(), CultureInfo.InvariantCulture)).FirstOrDefault());

    /// <summary>A process may end at any time: then it uses nothing.</summary>
    private static TValue? Try<TValue>(Func<TValue> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
