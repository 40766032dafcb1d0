using System.Text;
using TagGateway.Limits;
using TagGateway.Rewriting;
using TagGateway.Tests.Limits;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class InstructionStreamTests
{
    private const string Site = "https://shop.example/f807/-/";

    /// <summary>Blocks with all that they may hold; text of one, two, three and four bytes a character.</summary>
    private const string Blocks =
        "event: message\ndata: {\"send_pixel\":[\"https://www.google.com/ccm/collect?a=1&b=%2526\",\"https:\\/\\/www.google.de\\/ads\\/ga-audiences?x=\u00e9\",\"https://pixel.example/?u=https://www.google.com/ccm/collect\"]}\n\n"
        + "event: message\ndata: {\"fetch\":[{\"url\":\"${transport_url}/g/collect?v=2\"}],\"options\":{\"fallback_url\":\"https://stats.g.doubleclick.net/g/collect?\u4e2d\ud83d\ude00\"}}\n\n";

    private const string Moved =
        "event: message\ndata: {\"send_pixel\":[\"" + Site + "www.google.com/ccm/collect?a=1&b=%2526\",\"" + Site + "www.google.de\\/ads\\/ga-audiences?x=\u00e9\",\"https://pixel.example/?u=https://www.google.com/ccm/collect\"]}\n\n"
        + "event: message\ndata: {\"fetch\":[{\"url\":\"${transport_url}/g/collect?v=2\"}],\"options\":{\"fallback_url\":\"" + Site + "stats.g.doubleclick.net/g/collect?\u4e2d\ud83d\ude00\"}}\n\n";

    private static readonly TemplateValues Values = new("https", "shop.example", "/f807", GooglePlace.Of(""));

    [Fact]
    public void Next_CutAtEveryByte_IsTheSame()
    {
        var bytes = Encoding.UTF8.GetBytes(Blocks);

        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(Moved, Run(new InstructionStream(Values), bytes[..cut], bytes[cut..]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Next_ManySmallChunks_AreTheSame(int size) =>
        Assert.Equal(Moved, Run(new InstructionStream(Values), [.. Encoding.UTF8.GetBytes(Blocks).Chunk(size)]));

    /// <summary>Broken off: what there is of the last line is told, moved where it can be seen to be an address.</summary>
    [Fact]
    public void End_CutAtEveryByte_TellsAllThatCame()
    {
        var bytes = Encoding.UTF8.GetBytes(Blocks);

        for (var length = 0; length <= bytes.Length; length++)
        {
            var told = Encoding.Latin1.GetString(Bytes(new InstructionStream(Values), bytes[..length]));
            Assert.Equal(Encoding.Latin1.GetString(bytes[..length]), told.Replace(Site + "www.google.de", "https:\\/\\/www.google.de", StringComparison.Ordinal).Replace(Site, "https://", StringComparison.Ordinal));
        }
    }

    /// <summary>A line that there is no room to hold is passed on as it comes.</summary>
    [Fact]
    public void Next_NoRoomForALine_PassesItOn()
    {
        var budget = SomeLimits.Budget(64 * 1024);
        using var lease = new MemoryLease(budget, client: null);
        var stream = new InstructionStream(Values, lease);

        Assert.Equal(Blocks, Run(stream, Encoding.UTF8.GetBytes(Blocks)));
        Assert.Equal(0, budget.Bytes);
    }

    [Fact]
    public void Next_LongLines_AreTakenFromTheLeaseWithinALimit()
    {
        var budget = SomeLimits.Budget();
        using var lease = new MemoryLease(budget, client: null);
        var stream = new InstructionStream(Values, lease);
        var line = new string('x', 200_000) + "\n";
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(line.Length, stream.Next(Encoding.UTF8.GetBytes(line)).Length);
        }

        Assert.InRange(budget.Bytes, 200_000, 8 * 256 * 1024);
    }

    [Fact]
    public void Next_WholeLine_IsPassedOnAtOnce()
    {
        var stream = new InstructionStream(Values);

        var first = Encoding.UTF8.GetString(stream.Next("event: message\ndata: {\"a\""u8).Span);
        var second = Encoding.UTF8.GetString(stream.Next(":1}\n"u8).Span);
        var third = Encoding.UTF8.GetString(stream.Next("\n"u8).Span);

        Assert.Equal(("event: message\n", "data: {\"a\":1}\n", "\n", 0), (first, second, third, stream.End().Length));
    }

    [Fact]
    public void Next_NobodysHost_MovesNothing() => Assert.Equal(Blocks, Run(new InstructionStream(null), Encoding.UTF8.GetBytes(Blocks)));

    [Fact]
    public void Next_LineThatIsNoText_StaysAsItIs()
    {
        byte[] line = [.. "data: https://www.google.com/ccm/collect "u8, 0xFF, (byte)'o', 0xC3, (byte)'\n'];

        Assert.Equal(line, Bytes(new InstructionStream(Values), line));
    }

    /// <summary>What is not let go would be memory that a stranger fills; the next line is read again.</summary>
    [Fact]
    public void Next_LineWithoutEnd_IsLetGoAndTheNextIsRead()
    {
        var stream = new InstructionStream(Values);
        var passed = 0L;
        var chunk = new byte[16 * 1024];
        chunk.AsSpan().Fill((byte)'x');

        for (var i = 0; i < 1024; i++)
        {
            passed += stream.Next(chunk).Length;
            Assert.True(((i + 1) * (long)chunk.Length) - passed <= 256 * 1024);
        }

        var rest = Encoding.UTF8.GetString(stream.Next("\ndata: \"https://www.google.com/ccm/collect\"\n"u8).Span);
        Assert.Equal($"\ndata: \"{Site}www.google.com/ccm/collect\"\n", rest);
    }

    private static string Run(InstructionStream stream, params byte[][] chunks) => Encoding.UTF8.GetString(Bytes(stream, chunks));

    private static byte[] Bytes(InstructionStream stream, params byte[][] chunks)
    {
        var told = new List<byte>();
        foreach (var chunk in chunks)
        {
            told.AddRange(stream.Next(chunk).Span);
        }

        told.AddRange(stream.End().Span);
        return [.. told];
    }
}
