using System.Net;
using System.Net.Sockets;
using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Responding;

/// <summary>Stored bodies on real connections: every byte arrives, whatever the visitor does and whatever else the connection carries.</summary>
public sealed class StoredAnswerTests
{
    private const int Script = 150 * 1024;
    private const int Large = 5 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<int> Sizes => [0, 1, 4095, 16 * 1024 - 1, 16 * 1024, Script, 450 * 1024, Large];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Write_AnySize_ArrivesByteForByte(int size)
    {
        await using var server = await BodyServer.StartAsync();

        var answer = await RawClient.SendAsync(server.Address, Get($"/body/{size}"));

        AssertBody(size, answer);
        Assert.Equal(size >= 16 * 1024, Assert.Single(await LentAsync(server, 1)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Write_ConnectionThatDoesNotLend_ArrivesByteForByte(int size)
    {
        await using var server = await BodyServer.StartAsync(isLending: false);

        AssertBody(size, await RawClient.SendAsync(server.Address, Get($"/body/{size}")));
        Assert.False(Assert.Single(await LentAsync(server, 1)));
    }

    [Fact]
    public async Task Write_WriterIsNotTheServersOwn_IsCopied()
    {
        await using var server = await BodyServer.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);

        for (var i = 0; i < 3; i++)
        {
            await client.WriteAsync(Get($"/wrapped/{Script}"));
            AssertBody(Script, await client.ReadAsync());
            await client.WriteAsync(Get($"/body/{Script}"));
            AssertBody(Script, await client.ReadAsync());
        }

        var lent = await LentAsync(server, 6);
        Assert.Equal([false, true, false, true, false, true], lent);
    }

    [Fact]
    public async Task Write_Head_HasTheLengthAndNoBody()
    {
        await using var server = await BodyServer.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);

        await client.WriteAsync($"HEAD /body/{Script} HTTP/1.1\r\nHost: x\r\n\r\n" + Get("/nothing"));
        var head = await client.ReadAsync(isHead: true);
        var next = await client.ReadAsync();

        Assert.Equal($"{Script}", head.Header("Content-Length"));
        Assert.Equal(404, next.Status);
    }

    [Theory]
    [InlineData("HTTP/1.1", "Connection: close\r\n")]
    [InlineData("HTTP/1.0", "")]
    public async Task Write_LastOfItsConnection_IsWholeBeforeTheEnd(string version, string header)
    {
        await using var server = await BodyServer.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);

        await client.WriteAsync($"GET /body/{Large} {version}\r\nHost: x\r\n{header}\r\n");
        var answer = await client.ReadAsync();

        AssertBody(Large, answer);
        Assert.Equal(RawResponse.None, await client.ReadAsync());
    }

    /// <summary>All kinds of answer, asked for in one go: they come whole and in their order.</summary>
    [Fact]
    public async Task Write_PipelinedAmongOtherAnswers_AllArriveInOrder()
    {
        await using var server = await BodyServer.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);
        string[] kinds = ["body", "chunked", "nothing", "body", "wrapped", "body", "body", "chunked"];
        var sizes = Enumerable.Range(0, 40).Select(i => i * 7919 % 200_000).ToArray();

        var writing = client.WriteAsync(string.Concat(sizes.Select((size, i) => Get($"/{kinds[i % kinds.Length]}/{size}"))));

        for (var i = 0; i < sizes.Length; i++)
        {
            var answer = await client.ReadAsync();
            if (kinds[i % kinds.Length] == "nothing")
            {
                Assert.Equal("not found\n", answer.Text);
            }
            else
            {
                AssertBody(sizes[i], answer);
            }
        }

        await writing;
    }

    [Fact]
    public async Task Upgrade_AfterStoredBodies_CarriesBytesBothWays()
    {
        await using var server = await BodyServer.StartAsync();
        using var client = await RawClient.ConnectAsync(server.Address);
        await client.WriteAsync(Get($"/body/{Script}"));
        AssertBody(Script, await client.ReadAsync());

        await client.WriteAsync("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
        var switched = await client.ReadAsync();
        var spoken = BodyServer.Bytes(1_000_000);
        var speaking = client.WriteAsync(spoken);
        var heard = new byte[spoken.Length];
        await client.Stream.ReadExactlyAsync(heard);
        await speaking;

        Assert.Equal(101, switched.Status);
        Assert.True(heard.AsSpan().SequenceEqual(spoken));
    }

    /// <summary>The visitor does not read: the answer waits with it, and loses nothing.</summary>
    [Fact]
    public async Task Write_VisitorDoesNotReadYet_WaitsAndThenArrivesWhole()
    {
        await using var server = await BodyServer.StartAsync();
        using var slow = await ConnectSlowlyAsync(server.Address);
        await slow.SendAsync(Encoding.ASCII.GetBytes(Get($"/body/{Large}")));
        using var stream = new NetworkStream(slow);
        var head = await RawMessage.ReadHeadAsync(stream, CancellationToken.None);

        // Others are served meanwhile, and time passes.
        for (var i = 0; i < 50; i++)
        {
            AssertBody(Script, await RawClient.SendAsync(server.Address, Get($"/body/{Script}")));
        }

        var isWaiting = server.Answers.All(answer => answer.Body.Length != Large || !answer.IsLent.IsCompleted);
        var (body, _) = await RawMessage.ReadBodyAsync(stream, head!, readToEnd: false, CancellationToken.None);

        Assert.True(isWaiting);
        Assert.True(body.AsSpan().SequenceEqual(BodyServer.Bytes(Large)));
        Assert.All(await LentAsync(server, 51), Assert.True);
    }

    /// <summary>The store lets go of a body that is just being sent, and stores others: these bytes stay right until the last has left.</summary>
    [Fact]
    public async Task Write_BodyIsReleasedMeanwhile_ArrivesByteForByteAndIsFreed()
    {
        await using var server = await BodyServer.StartAsync();
        using var slow = await ConnectSlowlyAsync(server.Address);
        await slow.SendAsync(Encoding.ASCII.GetBytes(Get($"/evicted/{Large}")));
        using var stream = new NetworkStream(slow);
        var head = await RawMessage.ReadHeadAsync(stream, CancellationToken.None);

        for (var i = 1; i <= 5; i++)
        {
            AssertBody(Large - i, await RawClient.SendAsync(server.Address, Get($"/evicted/{Large - i}")));
        }

        var (body, _) = await RawMessage.ReadBodyAsync(stream, head!, readToEnd: false, CancellationToken.None);
        Assert.True(body.AsSpan().SequenceEqual(BodyServer.Bytes(Large)));
        await AssertFreedAsync(server, 6);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 100_000)]
    [InlineData(false, 0)]
    [InlineData(false, 100_000)]
    public async Task Write_VisitorLeavesInBetween_BodyIsFreedAndNothingIsLogged(bool isReset, int read)
    {
        const int Visitors = 20;
        await using var server = await BodyServer.StartAsync();

        for (var i = 0; i < Visitors; i++)
        {
            using var client = await RawClient.ConnectAsync(server.Address);
            await client.WriteAsync(Get($"/evicted/{Large}"));
            await client.Stream.ReadExactlyAsync(new byte[read + 1]);
            client.Close(isReset);
        }

        await AssertFreedAsync(server, Visitors);
        Assert.Empty(server.Log.Errors);
        AssertBody(Script, await RawClient.SendAsync(server.Address, Get($"/body/{Script}")));
    }

    [Fact]
    public async Task Write_ThousandVisitorsAtOnce_AllGetTheirBytes()
    {
        await using var server = await BodyServer.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i =>
            RawClient.SendAsync(server.Address, Get($"/{(i % 3 == 0 ? "evicted" : "body")}/{Script + i % 7}"))));

        for (var i = 0; i < answers.Length; i++)
        {
            AssertBody(Script + i % 7, answers[i]);
        }

        Assert.All(await LentAsync(server, answers.Length), Assert.True);
        Assert.Empty(server.Log.Errors);
    }

    /// <summary>The server drops visitors who read too slowly, by what was written through it: a lent body must count too.</summary>
    [Fact]
    public async Task Write_LentBody_VisitorGetsTheTimeOfItsBytes()
    {
        await using var server = await BodyServer.StartAsync();

        await RawClient.SendAsync(server.Address, Get($"/body/{Script}"));

        Assert.InRange(server.Rate!.GracePeriod, TimeSpan.FromSeconds(Script / server.Rate.BytesPerSecond), TimeSpan.FromHours(1));
    }

    private static string Get(string path) => $"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n";

    private static void AssertBody(int size, RawResponse answer)
    {
        Assert.Equal(200, answer.Status);
        Assert.True(answer.IsWhole);
        Assert.True(answer.Body.AsSpan().SequenceEqual(BodyServer.Bytes(size)), $"{answer.Body.Length} bytes for {size}, or wrong ones");
    }

    /// <summary>For each answer whether its body was lent, once there are so many and all have ended.</summary>
    private static async Task<bool[]> LentAsync(BodyServer server, int answers)
    {
        Assert.True(SpinWait.SpinUntil(() => server.Answers.Count == answers, Patience));
        return await Task.WhenAll(server.Answers.Select(answer => answer.IsLent)).WaitAsync(Patience);
    }

    private static async Task AssertFreedAsync(BodyServer server, int answers)
    {
        await LentAsync(server, answers);
        foreach (var (body, _) in server.Answers)
        {
            Assert.True(SpinWait.SpinUntil(() => IsFreed(body.Memory), Patience), "A body is still held.");
        }
    }

    private static bool IsFreed(ReadOnlyMemory<byte> memory)
    {
        try
        {
            return memory.Span.IsEmpty;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>A visitor whose system takes a few thousand bytes ahead, no more.</summary>
    private static async Task<Socket> ConnectSlowlyAsync(string address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPEndPoint.Parse(new Uri(address).Authority));
        return socket;
    }
}
