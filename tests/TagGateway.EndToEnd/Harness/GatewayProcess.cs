using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace TagGateway.EndToEnd.Harness;

/// <summary>The program <c>taggateway</c> as an operator starts it: a process of its own, its environment cleared of ours.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    /// <summary>Free ports; and no load balancer that would need a delay at the end.</summary>
    private static readonly (string Name, string Value)[] Usual =
        [("TAGGATEWAY_URLS", "http://127.0.0.1:0"), ("TAGGATEWAY_ADMIN__URL", "http://127.0.0.1:0"), ("TAGGATEWAY_SHUTDOWN__DELAY", "00:00:00")];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Match> _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayProcess(Process process) => _process = process;

    /// <summary>Where visitors are served, once it has started.</summary>
    public string Address => Addresses[0];

    /// <summary>One for each of <c>urls</c>.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    public string Admin { get; private set; } = "";

    public ProcessMemory Memory => new(_process.Id);

    /// <summary>What it has used of the processors.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>All it has logged so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it on free ports and waits until it says that it serves.</summary>
    public static Task<GatewayProcess> StartAsync(string arguments, params (string Name, string Value)[] environment) => StartAsync(arguments, null, environment);

    /// <param name="arguments">Of the command line.</param>
    /// <param name="openFiles">The limit of open files; null: ours.</param>
    /// <param name="environment">Beside the usual.</param>
    public static async Task<GatewayProcess> StartAsync(string arguments, int? openFiles, params (string Name, string Value)[] environment)
    {
        var gateway = Launch(arguments, openFiles, [.. Usual, .. environment]);
        var ended = gateway._process.WaitForExitAsync();
        if (await Task.WhenAny(gateway._serving.Task, ended).WaitAsync(Patience) == ended)
        {
            Assert.Fail($"The gateway ended with {gateway._process.ExitCode}: {gateway._errors}");
        }

        var serving = await gateway._serving.Task;
        gateway.Addresses = serving.Groups["traffic"].Value.Split(", ");
        gateway.Admin = serving.Groups["admin"].Value;
        return gateway;
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string arguments, params (string Name, string Value)[] environment) => RunAsync(arguments, null, environment);

    /// <summary>As above, with a limit of open files.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string arguments, int? openFiles, params (string Name, string Value)[] environment)
    {
        await using var gateway = Launch(arguments, openFiles, environment);
        await gateway._process.WaitForExitAsync().WaitAsync(Patience);
        return (gateway._process.ExitCode, gateway.Output, gateway._errors.ToString());
    }

    /// <summary>SIGTERM, as Kubernetes sends it; the exit code.</summary>
    public Task<int> TerminateAsync() => EndAsync(15);

    /// <summary>Sends it a signal and waits for its end; the exit code.</summary>
    public Task<int> EndAsync(int signal)
    {
        Signal(signal);
        return EndedAsync();
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static GatewayProcess Launch(string arguments, int? openFiles, params (string Name, string Value)[] environment)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "taggateway.dll");
        var dotnet = Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : "dotnet";
        var start = openFiles is { } limit
            ? new ProcessStartInfo("bash", ["-c", $"ulimit -n {limit}; exec '{dotnet}' '{program}' {arguments}"])
            : new ProcessStartInfo(dotnet, $"\"{program}\" {arguments}");
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, Path.GetTempPath());
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("TAGGATEWAY_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var gateway = new GatewayProcess(new Process { StartInfo = start });
        gateway._process.OutputDataReceived += (_, line) => gateway.Read(line.Data, gateway._output);
        gateway._process.ErrorDataReceived += (_, line) => gateway.Read(line.Data, gateway._errors);
        gateway._process.Start();
        gateway._process.BeginOutputReadLine();
        gateway._process.BeginErrorReadLine();
        return gateway;
    }

    private void Read(string? line, StringBuilder target)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            target.AppendLine(line);
        }

        if (Serving().Match(line) is { Success: true } match)
        {
            _serving.TrySetResult(match);
        }
    }

    [GeneratedRegex(@"Serving on (?<traffic>[^;]+); administration on (?<admin>http://[\d.:]+\d)")]
    private static partial Regex Serving();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
