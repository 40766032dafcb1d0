using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class StoredBytesTests
{
    /// <summary>Small ones and large ones are kept in different places.</summary>
    public static TheoryData<int> Sizes => [0, 1, 4095, 16 * 1024 - 1, 16 * 1024, 150 * 1024, 5 * 1024 * 1024];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Copy_AnySize_HoldsTheBytes(int size)
    {
        var bytes = Random(size);

        var body = StoredBytes.Copy(bytes);

        Assert.Equal(size, body.Length);
        Assert.True(body.Memory.Span.SequenceEqual(bytes));
        body.Release();
    }

    [Fact]
    public void Copy_SourceChangesAfterwards_BodyDoesNot()
    {
        var bytes = Random(20_000);
        var before = bytes.ToArray();

        var body = StoredBytes.Copy(bytes);
        bytes.AsSpan().Clear();

        Assert.True(body.Memory.Span.SequenceEqual(before));
        body.Release();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TryRetain_AfterTheLastRelease_IsFalse(int size)
    {
        var body = StoredBytes.Copy(Random(size));

        Assert.True(body.TryRetain());
        body.Release();
        Assert.True(body.TryRetain());
        body.Release();
        body.Release();

        Assert.False(body.TryRetain());
    }

    [Fact]
    public void Memory_AfterTheLastRelease_ThrowsRatherThanShowWhatIsThereNow()
    {
        var body = StoredBytes.Copy(Random(20_000));
        var memory = body.Memory;

        body.Release();

        Assert.Throws<ObjectDisposedException>(() => memory.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
    }

    [Fact]
    public void Release_OneTooMany_IsIgnored()
    {
        var body = StoredBytes.Copy(Random(20_000));

        body.Release();
        body.Release();
        body.Release();

        Assert.False(body.TryRetain());
    }

    [Fact]
    public void Release_WhilePinned_BytesStayUntilUnpinned()
    {
        var bytes = Random(20_000);
        var body = StoredBytes.Copy(bytes);
        var memory = body.Memory;
        var pin = memory[1000..].Pin();

        body.Release();
        var isRight = memory.Span.SequenceEqual(bytes);
        pin.Dispose();

        Assert.True(isRight);
        Assert.False(body.TryRetain());
        Assert.Throws<ObjectDisposedException>(() => memory.Span[0]);
    }

    /// <summary>Far more bytes than the tests beside this one use.</summary>
    [Fact]
    public void TotalBytes_CopyAndRelease_FollowsTheReferences()
    {
        const int Size = 64 * 1024 * 1024;
        const int Others = Size / 2;
        var before = StoredBytes.TotalBytes;

        var body = StoredBytes.Copy(new byte[Size]);
        var held = StoredBytes.TotalBytes;
        body.TryRetain();
        body.Release();
        var stillHeld = StoredBytes.TotalBytes;
        body.Release();
        body.Release();
        var after = StoredBytes.TotalBytes;

        Assert.InRange(held - before, Size - Others, Size + Others);
        Assert.InRange(stillHeld - before, Size - Others, Size + Others);
        Assert.InRange(after - before, -Others, Others);
    }

    /// <summary>The store evicts a body that visitors keep coming for: whoever got a reference reads the right bytes, and nobody after the end gets one.</summary>
    [Fact]
    public async Task TryRetain_WhileTheOwnerReleases_BytesAreRightOrThereAreNone()
    {
        for (var round = 0; round < 200; round++)
        {
            var bytes = Random(16 * 1024 + round);
            var body = StoredBytes.Copy(bytes);
            using var start = new Barrier(4);
            var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 20 && body.TryRetain(); i++)
                {
                    var isRight = body.Memory.Span.SequenceEqual(bytes);
                    body.Release();
                    Assert.True(isRight);
                }
            })).ToArray();

            start.SignalAndWait();
            Thread.Yield();
            body.Release();
            await Task.WhenAll(readers);

            Assert.False(body.TryRetain());
            Assert.Throws<ObjectDisposedException>(() => body.Memory.Span[0]);
        }
    }

    private static byte[] Random(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
