using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace TagGateway.EndToEnd.Harness;

/// <summary>A real <c>redis-server</c> of the test's own: on a socket file in a folder of its own, keeping nothing on disk.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const int Continue = 18;
    private const int Stop = 19;
    private readonly string _folder = Directory.CreateTempSubdirectory("taggateway-redis-").FullName;
    private readonly string _arguments;
    private Process? _process;
    private ConnectionMultiplexer? _client;

    private RedisServer(string arguments) => _arguments = arguments;

    /// <summary>For <c>cache.redis</c>.</summary>
    public string ConnectionString => "!" + Path.Combine(_folder, "redis.sock");

    /// <summary>For a test that looks inside, or puts something there. Not while the server is stopped.</summary>
    public IDatabase Database => (_client ?? throw new InvalidOperationException("not started")).GetDatabase();

    /// <param name="arguments">Further ones, such as <c>--maxmemory 3mb</c>.</param>
    public static async Task<RedisServer> StartAsync(string arguments = "")
    {
        var server = new RedisServer(arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A server not started yet: nothing listens.</summary>
    public static RedisServer NotStarted() => new("");

    /// <summary>Empty, as after a restart without persistence.</summary>
    public async Task StartAgainAsync()
    {
        var socket = ConnectionString[1..];
        var start = new ProcessStartInfo("redis-server", $"--port 0 --unixsocket {socket} --save \"\" --appendonly no --dir {_folder} {_arguments}")
        {
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("redis-server does not start; tests/run.sh installs it");
        _process.BeginOutputReadLine();
        await Eventually.HoldsAsync(() => Answers(socket), "redis-server listens");
        _client = await ConnectionMultiplexer.ConnectAsync(ConnectionString + ",allowAdmin=true,name=test,asyncTimeout=20000,connectTimeout=20000");
    }

    public async Task KillAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        _client = null;
        if (_process is not null)
        {
            _process.Kill(); // also when it is paused
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _process = null;
    }

    /// <summary>SIGSTOP: connections stay, and nothing answers.</summary>
    public void Pause() => Signal(Stop);

    public void Resume() => Signal(Continue);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Signal(int signal) => Assert.Equal(0, Kill((_process ?? throw new InvalidOperationException("not started")).Id, signal));

    private static bool Answers(string socket)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.Connect(new UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
