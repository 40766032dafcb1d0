using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.Upstream;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>Answers every request with the main tag's script until it falls ill.</summary>
internal sealed class IllGoogle : IAsyncDisposable
{
    private readonly string _headers;
    private readonly SemaphoreSlim _end = new(0);
    private int _port;

    /// <param name="headers">Of its answers when well.</param>
    public IllGoogle(string headers = "Cache-Control: private, max-age=900\r\n")
    {
        _headers = headers;
        Upstream = new RawUpstream();
        Address = Upstream.Address;
        Recover("");
    }

    public RawUpstream Upstream { get; private set; }

    public string Address { get; }

    public async Task FallIllAsync(string illness)
    {
        if (illness == "refused")
        {
            _port = new Uri(Address).Port;
            await Upstream.DisposeAsync();
            return;
        }

        Upstream.Answer = illness switch
        {
            "hanging" => (_, _) => _end.WaitAsync(),
            "reset" => Fault.Closes("", reset: true),
            "cut short" => Fault.Closes("HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: 100\r\n\r\nhalf"),
            "503" => (_, stream) => RawUpstream.WriteAsync(stream, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nsick"),
            "429" => (_, stream) => RawUpstream.WriteAsync(stream, "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 4\r\n\r\nsick"),
            "unreadable" => (_, stream) => stream.WriteAsync(KeepingGateway.Answer(Script.Of("G-MAIN1"), "Content-Encoding: br\r\n")).AsTask(),
            "too large" => Fault.Closes("HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: 64000000\r\n\r\n"),
            _ => throw new ArgumentOutOfRangeException(nameof(illness), illness, null),
        };
    }

    /// <summary>Answers again, with a mark behind each script.</summary>
    public void Recover(string mark)
    {
        if (_port != 0)
        {
            Upstream = new RawUpstream(_port);
        }

        var answer = KeepingGateway.Answer(Script.Of("G-MAIN1") + mark, _headers);
        Upstream.Answer = (_, stream) => stream.WriteAsync(answer).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        _end.Release(10_000);
        await Upstream.DisposeAsync();
    }
}
