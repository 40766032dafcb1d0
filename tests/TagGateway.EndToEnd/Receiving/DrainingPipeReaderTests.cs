using System.IO.Pipelines;
using System.Text;
using TagGateway.EndToEnd.Harness;
using TagGateway.Receiving;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>The reader under Kestrel's: the end of a connection comes after its last byte, always comes, and no byte is lost on the way.</summary>
public sealed class DrainingPipeReaderTests
{
    private const string Request = "POST /f807/ag/g/c HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 4\r\n\r\nen=x";

    /// <summary>More reads than this for so few bytes is a loop without an end.</summary>
    private const int MaxReads = 1000;

    public static TheoryData<int> Cuts => [.. Enumerable.Range(0, Request.Length + 1)];

    /// <summary>Ways to read that Kestrel has: everything at once, byte by byte, looking at all and taking some, waiting for a whole request.</summary>
    public static TheoryData<string> Habits => ["all", "bytes", "examine", "whole", "blocks"];

    [Theory]
    [MemberData(nameof(Habits))]
    public async Task Read_CutAnywhereAndEnded_EveryByteComesAndThenTheEnd(string habit)
    {
        var bytes = Encoding.ASCII.GetBytes(Request);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            for (var end = cut; end <= bytes.Length; end++)
            {
                var pipe = new Pipe();
                var reading = ReadAllAsync(new DrainingPipeReader(pipe.Reader), habit);
                await pipe.Writer.WriteAsync(bytes.AsMemory(0, cut));
                await pipe.Writer.WriteAsync(bytes.AsMemory(cut, end - cut));
                await pipe.Writer.CompleteAsync();

                Assert.Equal(Request[..end], await reading.WaitAsync(TimeSpan.FromSeconds(10)));
            }
        }
    }

    /// <summary>All is there, and the end too, before anybody reads: what a browser that closes at once leaves.</summary>
    [Theory]
    [MemberData(nameof(Habits))]
    public async Task Read_EndedBeforeTheFirstRead_EveryByteComesAndThenTheEnd(string habit)
    {
        var bytes = Encoding.ASCII.GetBytes(Request);
        for (var end = 0; end <= bytes.Length; end++)
        {
            var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16, pauseWriterThreshold: 0));
            await pipe.Writer.WriteAsync(bytes.AsMemory(0, end));
            await pipe.Writer.CompleteAsync();

            Assert.Equal(Request[..end], await ReadAllAsync(new DrainingPipeReader(pipe.Reader), habit).WaitAsync(TimeSpan.FromSeconds(10)));
        }
    }

    [Fact]
    public async Task Read_DataAndEndTogether_EndIsHiddenUntilAllWasLookedAt()
    {
        var pipe = new Pipe();
        var reader = new DrainingPipeReader(pipe.Reader);
        await pipe.Writer.WriteAsync("hello"u8.ToArray());
        await pipe.Writer.CompleteAsync();

        var first = await reader.ReadAsync();
        reader.AdvanceTo(first.Buffer.GetPosition(2), first.Buffer.End);
        var second = await reader.ReadAsync();

        Assert.False(first.IsCompleted);
        Assert.True(second.IsCompleted);
        Assert.Equal(3, second.Buffer.Length);
    }

    [Fact]
    public async Task Read_WriterFails_FailureComes()
    {
        var pipe = new Pipe();
        var reader = new DrainingPipeReader(pipe.Reader);
        await pipe.Writer.CompleteAsync(new IOException("reset"));

        await Assert.ThrowsAsync<IOException>(async () => await reader.ReadAsync());
        Assert.Throws<IOException>(() => reader.TryRead(out _));
    }

    [Fact]
    public async Task Read_CancelledWhileWaiting_SaysSoAndGoesOn()
    {
        var pipe = new Pipe();
        var reader = new DrainingPipeReader(pipe.Reader);
        var waiting = reader.ReadAsync();

        reader.CancelPendingRead();
        var cancelled = await waiting;
        reader.AdvanceTo(cancelled.Buffer.Start, cancelled.Buffer.End);
        await pipe.Writer.WriteAsync("x"u8.ToArray());
        var next = await reader.ReadAsync();

        Assert.True(cancelled.IsCanceled);
        Assert.False(next.IsCanceled);
        Assert.Equal(1, next.Buffer.Length);
    }

    [Fact]
    public void TryRead_NothingThere_IsFalse()
    {
        var reader = new DrainingPipeReader(new Pipe().Reader);

        Assert.False(reader.TryRead(out _));
    }

    /// <summary>The same through the whole gateway: cut at every byte the hit arrives.</summary>
    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Gateway_RequestCutAnywhere_Arrives(int cut)
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        using var client = await RawClient.ConnectAsync(gateway.Address);

        // Twice, so that the second begins where the first left its connection.
        for (var i = 0; i < 2; i++)
        {
            await client.WriteAsync(Request[..cut]);
            await client.WriteAsync(Request[cut..]);

            Assert.Equal(204, (await client.ReadAsync()).Status);
            Assert.Equal("en=x", (await google.NextAsync()).Text);
        }
    }

    /// <summary>Pipelined and closed at once: each whole hit arrives, the cut one does not.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("POST /f807/x HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 50\r\n\r\ncut")]
    [InlineData("POST /f807/x HTTP/1.1\r\nHost: shop.exa")]
    [InlineData("G")]
    public async Task Gateway_PipelinedThenClosed_EveryWholeHitArrives(string rest)
    {
        const int Hits = 20;
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        await RawExchange.SendAsync(gateway.Address, string.Concat(Enumerable.Repeat(Request, Hits)) + rest, answers: 0);
        await gateway.SendAsync("GET /f807/honest HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        var whole = 0;
        while (whole < Hits + 1)
        {
            var next = await google.NextAsync();
            Assert.True(next.IsWhole && (next.Text == "en=x" || next.Target == "/f807/honest"), next.Head + next.Text);
            whole++;
        }
    }

    private static async Task<string> ReadAllAsync(PipeReader reader, string habit)
    {
        var all = new StringBuilder();
        for (var reads = 0; reads < MaxReads; reads++)
        {
            if (!reader.TryRead(out var result))
            {
                result = await reader.ReadAsync();
            }

            var buffer = result.Buffer;
            var take = habit switch
            {
                "bytes" => Math.Min(1, buffer.Length),
                "blocks" => buffer.Length >= 7 ? 7 : result.IsCompleted ? buffer.Length : 0,
                "examine" => result.IsCompleted ? buffer.Length : buffer.Length / 2,
                "whole" => buffer.Length == Request.Length || result.IsCompleted ? buffer.Length : 0,
                _ => buffer.Length,
            };
            var taken = buffer.Slice(0, take);
            foreach (var segment in taken)
            {
                all.Append(Encoding.ASCII.GetString(segment.Span));
            }

            var isAtEnd = result.IsCompleted && take == buffer.Length;
            // Byte by byte: what has not been taken has not been looked at either, and is given again without waiting.
            reader.AdvanceTo(taken.End, habit == "bytes" || (habit == "blocks" && take > 0) ? taken.End : buffer.End);
            if (isAtEnd)
            {
                return all.ToString();
            }
        }

        throw new InvalidOperationException("The reader never ends.");
    }
}
