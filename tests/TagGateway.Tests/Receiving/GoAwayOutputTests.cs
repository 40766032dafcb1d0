using System.IO.Pipelines;
using TagGateway.Receiving;

namespace TagGateway.Tests.Receiving;

/// <summary>A GOAWAY comes once, between two frames, and changes no other byte, however the server cuts what it writes.</summary>
public sealed class GoAwayOutputTests
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte OwnGoAway = 7;
    private const byte Continuation = 9;
    private const byte EndHeaders = 4;
    private static readonly byte[] GoAway = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0];

    private static readonly byte[][] Frames =
    [
        Frame(Settings, 0, 0), Frame(Headers, 0, 20), Frame(Continuation, 0, 3), Frame(Continuation, EndHeaders, 0),
        Frame(Data, 0, 300), Frame(Data, 1, 0), Frame(Headers, EndHeaders, 5), Frame(Data, 1, 70_000),
    ];

    /// <summary>Where frames begin that a GOAWAY may stand before: not within a header block.</summary>
    private static readonly int[] Places = [0, 1, 4, 5, 6, 7];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(4096)]
    public async Task Write_RequestedBeforeAFrame_ComesAtTheNextPlaceForIt(int pieceBytes)
    {
        for (var requestedAt = 0; requestedAt < Frames.Length; requestedAt++)
        {
            var pipe = NewPipe();
            var output = new GoAwayOutput(pipe.Writer);
            for (var i = 0; i < Frames.Length; i++)
            {
                if (i == requestedAt)
                {
                    output.RequestGoAway();
                    output.RequestGoAway();
                }

                Write(output, Frames[i], pieceBytes);
            }

            var place = Places.First(place => place >= requestedAt);
            Assert.Equal(Join([.. Frames[..place], GoAway, .. Frames[place..]]), await ReadAsync(pipe, output));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(70_008)]
    public async Task Write_RequestedWithinAFrame_ComesBehindIt(int cut)
    {
        var frame = Frames[7];
        var pipe = NewPipe();
        var output = new GoAwayOutput(pipe.Writer);
        Write(output, frame.AsSpan(0, cut), 4096);
        output.RequestGoAway();
        Write(output, frame.AsSpan(cut), 64);
        Write(output, Frames[5], 64);

        Assert.Equal(Join(frame, GoAway, Frames[5]), await ReadAsync(pipe, output));
    }

    [Fact]
    public async Task Write_NotRequested_IsUnchanged()
    {
        var pipe = NewPipe();
        var output = new GoAwayOutput(pipe.Writer);
        foreach (var frame in Frames)
        {
            Write(output, frame, 5);
        }

        Assert.Equal(Join(Frames), await ReadAsync(pipe, output));
    }

    /// <summary>A last stream that was named may not become a later one (RFC 9113 §6.8).</summary>
    [Fact]
    public async Task Write_BehindAGoAwayOfTheServers_SaysNoMore()
    {
        var pipe = NewPipe();
        var output = new GoAwayOutput(pipe.Writer);
        var own = Frame(OwnGoAway, 0, 8);
        Write(output, own, 64);
        output.RequestGoAway();
        Write(output, Frames[5], 64);

        Assert.Equal(Join(own, Frames[5]), await ReadAsync(pipe, output));
    }

    private static Pipe NewPipe() => new(new PipeOptions(pauseWriterThreshold: 0));

    private static byte[] Frame(byte type, byte flags, int length) =>
        [(byte)(length >> 16), (byte)(length >> 8), (byte)length, type, flags, 0, 0, 0, 1, .. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

    private static void Write(GoAwayOutput output, ReadOnlySpan<byte> bytes, int pieceBytes)
    {
        while (bytes.Length > 0)
        {
            var piece = bytes[..Math.Min(pieceBytes, bytes.Length)];
            piece.CopyTo(output.GetSpan(piece.Length));
            output.Advance(piece.Length);
            bytes = bytes[piece.Length..];
        }
    }

    private static byte[] Join(params byte[][] frames) => [.. frames.SelectMany(frame => frame)];

    private static async Task<byte[]> ReadAsync(Pipe pipe, GoAwayOutput output)
    {
        await output.FlushAsync();
        await output.CompleteAsync();
        var bytes = new MemoryStream();
        await pipe.Reader.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
