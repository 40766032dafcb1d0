using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using TagGateway.Caching;
using TagGateway.Responding;
using TagGateway.Tests.Operations;

namespace TagGateway.Tests.Responding;

/// <summary>The writer under the server's: it keeps a pipe's promises, and the order of what was written and what was lent.</summary>
public sealed class LendingOutputTests : IAsyncDisposable
{
    /// <summary>More than both systems' buffers take from a sender whose receiver does not read.</summary>
    private const int TooMuch = 3 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Socket _server;
    private readonly Socket _visitor;
    private readonly TestMetrics _metrics = new();
    private readonly Pipe _transport = new();
    private readonly LendingOutput _output;
    private readonly Task _sending;

    public LendingOutputTests()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _visitor = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        _visitor.Connect(listener.LocalEndPoint!); // bound above
        _server = listener.Accept();
        _server.SendBufferSize = 128 * 1024;
        _output = new LendingOutput(_server, _transport.Writer, new StallTimeout(() => _server.Dispose(), TimeSpan.FromMinutes(5), _metrics.Limits, TimeProvider.System));
        _sending = _output.SendAsync();
    }

    [Fact]
    public async Task Flush_BytesAndBodiesMixed_ArriveInTheOrderOfWriting()
    {
        var expected = new MemoryStream();
        var random = new Random(1);
        var reading = ReadToEndAsync();

        for (var i = 0; i < 200; i++)
        {
            var head = Bytes(random.Next(1, 40_000));
            var body = StoredBytes.Copy(Bytes(random.Next(16 * 1024, 300_000)));
            Write(head);
            expected.Write(head);
            Lend(body);
            expected.Write(body.Memory.Span);
            if (i % 2 == 0)
            {
                Write(head);
                expected.Write(head);
            }

            await _output.FlushAsync();
            body.Release();
            Assert.Throws<ObjectDisposedException>(() => body.Memory.Span.Length);
        }

        await EndAsync();
        Assert.True((await reading).AsSpan().SequenceEqual(expected.ToArray()));
    }

    [Fact]
    public async Task Flush_ReaderDoesNotRead_IsPendingUntilItDoes()
    {
        var bytes = Bytes(TooMuch);
        Write(bytes);

        var flush = _output.FlushAsync().AsTask();
        var wasPending = !flush.IsCompleted;
        var reading = ReadToEndAsync();
        await flush.WaitAsync(Patience);
        await EndAsync();

        Assert.True(wasPending);
        Assert.True((await reading).AsSpan().SequenceEqual(bytes));
    }

    [Fact]
    public async Task Flush_LentBodyAndReaderDoesNotRead_IsPendingUntilItDoes()
    {
        var body = StoredBytes.Copy(Bytes(TooMuch));
        Write("head"u8);
        Lend(body);

        var flush = _output.FlushAsync().AsTask();
        var wasPending = !flush.IsCompleted;
        body.Release();
        var reading = ReadToEndAsync();
        await flush.WaitAsync(Patience);
        await EndAsync();

        Assert.True(wasPending);
        Assert.True((await reading).AsSpan(4).SequenceEqual(Bytes(TooMuch)));
        Assert.Throws<ObjectDisposedException>(() => body.Memory.Span.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flush_Cancelled_SaysSoAndLosesNothing(bool byToken)
    {
        var body = StoredBytes.Copy(Bytes(TooMuch));
        using var cancel = new CancellationTokenSource();
        Write("head"u8);
        Lend(body);
        var flush = _output.FlushAsync(cancel.Token).AsTask();

        if (byToken)
        {
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.WaitAsync(Patience));
        }
        else
        {
            _output.CancelPendingFlush();
            Assert.True((await flush.WaitAsync(Patience)).IsCanceled);
        }

        Write("tail"u8);
        var wasLent = _output.TryOffer(body);
        var reading = ReadToEndAsync();
        await _output.FlushAsync();
        await EndAsync();

        Assert.False(wasLent); // one at a time
        Assert.True((await reading).AsSpan().SequenceEqual([.. "head"u8, .. Bytes(TooMuch), .. "tail"u8]));
        body.Release();
    }

    [Fact]
    public async Task Complete_NotFlushed_IsSentBeforeTheTransportEnds()
    {
        var body = StoredBytes.Copy(Bytes(TooMuch));
        var reading = ReadToEndAsync();
        Write("head"u8);
        Lend(body);
        body.Release();

        await EndAsync();

        Assert.Equal(4 + TooMuch, (await reading).Length);
        Assert.True((await _transport.Reader.ReadAsync()).IsCompleted);
    }

    /// <summary>The visitor leaves while a body is being sent: the writer learns it, the transport ends, nothing stays held.</summary>
    [Fact]
    public async Task Flush_VisitorLeaves_IsCompletedAndTheBodyFreed()
    {
        var body = StoredBytes.Copy(Bytes(TooMuch));
        Write("head"u8);
        Lend(body);
        var flush = _output.FlushAsync().AsTask();
        body.Release();

        _visitor.LingerState = new LingerOption(true, 0);
        _visitor.Dispose();

        Assert.True((await flush.WaitAsync(Patience)).IsCompleted);
        await _sending.WaitAsync(Patience);
        Assert.True((await _transport.Reader.ReadAsync()).IsCompleted);
        Assert.Throws<ObjectDisposedException>(() => body.Memory.Span.Length);
    }

    [Fact]
    public async Task Flush_ServerDropsTheConnection_IsCompletedAndTheBodyFreed()
    {
        var body = StoredBytes.Copy(Bytes(TooMuch));
        Write("head"u8);
        Lend(body);
        var flush = _output.FlushAsync().AsTask();
        body.Release();

        _server.Dispose();

        Assert.True((await flush.WaitAsync(Patience)).IsCompleted);
        await _sending.WaitAsync(Patience);
        Assert.Throws<ObjectDisposedException>(() => body.Memory.Span.Length);
    }

    /// <summary>The connection breaks between the offer and the bytes.</summary>
    [Fact]
    public async Task Advance_AfterTheEnd_BodyIsNotHeld()
    {
        var body = StoredBytes.Copy(Bytes(20_000));
        Write(Bytes(TooMuch));
        var flush = _output.FlushAsync().AsTask();
        Write("head"u8);
        Assert.True(_output.TryOffer(body));
        _output.GetMemory();

        _server.Dispose();
        await _sending.WaitAsync(Patience);
        _output.Advance(body.Length);
        body.Release();

        Assert.True((await flush).IsCompleted);
        Assert.Throws<ObjectDisposedException>(() => body.Memory.Span.Length);
    }

    [Fact]
    public async Task TryOffer_AfterTheEnd_IsFalse()
    {
        var body = StoredBytes.Copy(Bytes(20_000));
        _server.Dispose();
        Write("head"u8);
        await _output.FlushAsync();
        await _sending.WaitAsync(Patience);

        Write("head"u8);

        Assert.False(_output.TryOffer(body));
        body.Release();
    }

    [Fact]
    public void TryOffer_NothingBeforeItToBeFlushed_IsFalse()
    {
        var body = StoredBytes.Copy(Bytes(20_000));

        Assert.False(_output.TryOffer(body));
        Assert.False(_output.IsOfferSeen);
        body.Release();
    }

    [Fact]
    public void TryOffer_SmallBody_IsFalse()
    {
        Write("head"u8);

        Assert.False(_output.TryOffer(StoredBytes.Copy("small"u8)));
    }

    [Fact]
    public async Task Withdraw_Offered_WritesAreOrdinaryAgain()
    {
        var body = StoredBytes.Copy(Bytes(20_000));
        var reading = ReadToEndAsync();
        Write("head"u8);
        var wasOffered = _output.TryOffer(body);

        _output.Withdraw();
        Write("tail"u8);
        await EndAsync();

        Assert.True(wasOffered);
        Assert.Equal("headtail"u8.ToArray(), await reading);
        body.Release();
    }

    [Fact]
    public void Advance_NotTheWholeBody_Throws()
    {
        var body = StoredBytes.Copy(Bytes(20_000));
        Write("head"u8);
        Assert.True(_output.TryOffer(body));

        Assert.Throws<ArgumentOutOfRangeException>(() => _output.Advance(19_999));
        body.Release();
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await EndAsync();
        _server.Dispose();
    }

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private void Write(ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(_output, bytes);

    private void Lend(StoredBytes body)
    {
        Assert.True(_output.TryOffer(body));
        _output.GetMemory();
        Assert.True(_output.IsOfferSeen);
        _output.Advance(body.Length);
    }

    /// <summary>As the server ends a connection.</summary>
    private async Task EndAsync()
    {
        await _output.CompleteAsync();
        await _sending.WaitAsync(Patience);
        try
        {
            _server.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test has ended it in another way.
        }
    }

    private async Task<byte[]> ReadToEndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var all = new MemoryStream();
        using var stream = new NetworkStream(_visitor);
        await stream.CopyToAsync(all, patience.Token);
        return all.ToArray();
    }
}
