using System.IO.Pipelines;
using System.Text;
using TagGateway.Pages;
using TagGateway.Tests.Limits;

namespace TagGateway.Tests.Pages;

public sealed class PageSourceTests : IDisposable
{
    private readonly Pipe _website = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly CancellationTokenSource _visitorLeft = new();
    private readonly PagePatience _patience;

    public PageSourceTests()
    {
        _patience = new PagePatience(TimeSpan.FromSeconds(20), _visitorLeft.Token);
    }

    public void Dispose()
    {
        _patience.Dispose();
        _visitorLeft.Dispose();
    }

    [Fact]
    public async Task Fill_WholePageAtHand_IsTheLast()
    {
        await using var source = Source(null);
        await SendAsync("ab");
        await _website.Writer.CompleteAsync();

        source.Fill();

        Assert.Equal("ab", Text(source));
        Assert.True(source.IsLast);
        Assert.True(source.HasEnded);
    }

    [Fact]
    public async Task Fill_AsMuchAsWasAnnounced_IsTheLastBeforeTheEndIsSaid()
    {
        await using var source = Source(4);
        await SendAsync("ab");
        source.Fill();

        Assert.False(source.IsLast);

        source.Take();
        await SendAsync("cd");
        await source.WaitAsync();

        Assert.Equal("cd", Text(source));
        Assert.True(source.IsLast);
        Assert.False(source.HasEnded);

        source.Take();
        await _website.Writer.CompleteAsync();
        await source.WaitAsync();

        Assert.Empty(Text(source));
        Assert.True(source.HasEnded);
    }

    [Fact]
    public async Task WaitAsync_WebsiteThatLetsWait_GetsWhatComesThen()
    {
        await using var source = Source(null);
        await SendAsync("ab");
        source.Fill();
        source.Take();
        source.Fill();

        Assert.Empty(Text(source));

        var waiting = source.WaitAsync();
        Assert.False(waiting.IsCompleted);
        await SendAsync("cd");
        await waiting;

        Assert.Equal("cd", Text(source));
    }

    [Fact]
    public async Task Take_WhileMoreIsOnItsWay_LosesNothing()
    {
        await using var source = Source(null);
        await SendAsync("ab");
        source.Fill();
        await SendAsync("cd"); // goes behind what is at hand, by another thread

        Assert.Equal("ab", Text(source));

        source.Take();
        await source.WaitAsync();

        Assert.Equal("cd", Text(source));
    }

    [Theory]
    [InlineData(null, 64 * 1024)]
    [InlineData(100_000_000L, 256 * 1024)]
    public async Task Fill_MoreThanThereIsRoomFor_ComesInPieces(long? length, int size)
    {
        await using var source = Source(length);
        var page = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i,8}")));
        await _website.Writer.WriteAsync(page, TestContext.Current.CancellationToken);
        await _website.Writer.CompleteAsync();
        using var got = new MemoryStream();
        do
        {
            source.Fill();
            Assert.InRange(source.AtHand.Length, 0, size);
            got.Write(source.AtHand.Span);
            source.Take();
        }
        while (!source.HasEnded);

        Assert.Equal(page, got.ToArray());
    }

    [Fact]
    public async Task DisposeAsync_WhileMoreIsOnItsWay_WaitsForItsEnd()
    {
        await using var stream = new WatchedStream(_website.Reader.AsStream());
        var source = new PageSource(stream, null, SomeLimits.Lease(), _patience);
        source.Fill();

        Assert.Equal(1, stream.Reading);

        await source.DisposeAsync();

        Assert.Equal(0, stream.Reading);
    }

    private PageSource Source(long? length) => new(_website.Reader.AsStream(), length, SomeLimits.Lease(), _patience);

    private async Task SendAsync(string text) => await _website.Writer.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

    private static string Text(PageSource source) => Encoding.ASCII.GetString(source.AtHand.Span);

    /// <summary>Counts the reads that go on.</summary>
    private sealed class WatchedStream(Stream inner) : MemoryStream
    {
        private int _reading;

        public int Reading => Volatile.Read(ref _reading);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _reading);
            try
            {
                return await inner.ReadAsync(buffer, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _reading);
            }
        }
    }
}
