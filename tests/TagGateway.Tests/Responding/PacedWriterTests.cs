using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Responding;
using TagGateway.Tests.Operations;

namespace TagGateway.Tests.Responding;

public sealed class PacedWriterTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly TestMetrics _metrics = new();
    private readonly FakeTimeProvider _time = new();

    /// <summary>As the server's for an HTTP/2 stream: a flush waits while more than 4 KB are not taken.</summary>
    private readonly Pipe _server = new(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048, useSynchronizationContext: false));
    private readonly StallTimeout _stall;
    private readonly PacedWriter _writer;
    private int _resets;

    public PacedWriterTests()
    {
        _stall = new StallTimeout(() => _resets++, Timeout, _metrics.Limits, _time);
        _writer = new PacedWriter(_server.Writer, _stall);
    }

    [Fact]
    public async Task WriteAsync_ClientTakesNothing_HandsOutAFirstSmallPiece()
    {
        var writing = _writer.WriteAsync(new byte[1_000_000], TestContext.Current.CancellationToken).AsTask();

        Assert.False(writing.IsCompleted);
        Assert.Equal(4096, await HeldAsync());
    }

    [Fact]
    public async Task WriteAsync_ClientTakesAll_ArrivesWholeInGrowingPieces()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        var writing = _writer.WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask();
        var (got, pieces) = (new List<byte>(), new List<int>());

        while (got.Count < bytes.Length)
        {
            var read = await _server.Reader.ReadAsync(TestContext.Current.CancellationToken);
            pieces.Add((int)read.Buffer.Length);
            got.AddRange(System.Buffers.BuffersExtensions.ToArray(read.Buffer));
            _server.Reader.AdvanceTo(read.Buffer.End);
        }

        await writing;
        Assert.Equal(bytes, got);
        Assert.InRange(pieces.Max(), 4096, 16 * 1024);
        Assert.InRange(pieces.Count, bytes.Length / (16 * 1024), (bytes.Length / (16 * 1024)) + 4);
    }

    [Fact]
    public async Task WriteAsync_ClientTakesNothingForTheTimeout_IsResetOnce()
    {
        var stalled = _metrics.Collect("taggateway.response.stalled");
        _ = _writer.WriteAsync(new byte[100_000], TestContext.Current.CancellationToken).AsTask();
        await HeldAsync();

        _time.Advance(Timeout - TimeSpan.FromSeconds(1));
        Assert.Equal(0, _resets);
        _time.Advance(TimeSpan.FromSeconds(2));
        _time.Advance(Timeout * 3);

        Assert.Equal(1, _resets);
        Assert.Single(stalled.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task WriteAsync_ClientTakesAPieceNowAndThen_IsNotReset()
    {
        var writing = _writer.WriteAsync(new byte[100_000], TestContext.Current.CancellationToken).AsTask();
        for (var taken = 0L; taken < 100_000;)
        {
            // The writer has handed out the next piece, and its timer runs anew.
            var read = await _server.Reader.ReadAsync(TestContext.Current.CancellationToken);
            _time.Advance(Timeout - TimeSpan.FromSeconds(1));
            taken += read.Buffer.Length;
            _server.Reader.AdvanceTo(read.Buffer.End);
        }

        await writing;
        Assert.Equal(0, _resets);
    }

    [Fact]
    public async Task WriteAsync_ClientTakesAByteNowAndThen_IsReset()
    {
        _ = _writer.WriteAsync(new byte[100_000], TestContext.Current.CancellationToken).AsTask();
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            var read = await _server.Reader.ReadAsync(TestContext.Current.CancellationToken);
            _server.Reader.AdvanceTo(read.Buffer.GetPosition(1));
        }

        Assert.Equal(1, _resets);
    }

    [Fact]
    public async Task Stop_AfterTheWait_NeverResets()
    {
        _stall.Start();
        _stall.Stop();
        _time.Advance(Timeout * 2);
        _stall.Start();
        _stall.Dispose();
        _time.Advance(Timeout * 2);
        await Task.Yield();

        Assert.Equal(0, _resets);
    }

    public void Dispose()
    {
        _stall.Dispose();
        _metrics.Dispose();
    }

    private async Task<long> HeldAsync()
    {
        var read = await _server.Reader.ReadAsync(TestContext.Current.CancellationToken);
        _server.Reader.AdvanceTo(read.Buffer.Start);
        return read.Buffer.Length;
    }
}
