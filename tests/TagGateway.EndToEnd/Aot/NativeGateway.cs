using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Aot;

/// <summary>The natively compiled program as a process, configured by its environment alone.</summary>
internal sealed partial class NativeGateway : IDisposable
{
    private readonly Process _process;

    private NativeGateway(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>Where visitors are served.</summary>
    public string Address { get; }

    public ProcessMemory Memory => new(_process.Id);

    /// <summary>Starts it on free ports and waits for the line that names them.</summary>
    public static async Task<NativeGateway> StartAsync(string program, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(program) };
        start.Environment["TAGGATEWAY_URLS"] = "http://127.0.0.1:0";
        start.Environment["TAGGATEWAY_ADMIN__URL"] = "http://127.0.0.1:0";
        start.Environment["TAGGATEWAY_SHUTDOWN__DELAY"] = "00:00:00";
        start.Environment["TAGGATEWAY_TAG"] = "G-NATIVE1";
        start.Environment["TAGGATEWAY_PATH"] = "/f807";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (Serving().Match(line) is { Success: true } match)
            {
                return new NativeGateway(process, match.Groups["traffic"].Value);
            }
        }

        await process.WaitForExitAsync(cancellation);
        throw new InvalidOperationException($"The native program ended with {process.ExitCode}");
    }

    /// <summary>SIGTERM, as Kubernetes sends it; the exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellation)
    {
        Assert.Equal(0, Kill(_process.Id, 15));
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"Serving on (?<traffic>http://[\d.:]+\d)")]
    private static partial Regex Serving();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
