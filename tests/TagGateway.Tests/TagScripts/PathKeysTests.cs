using TagGateway.TagScripts;
using TagGateway.Tests.Rewriting;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.TagScripts;

public sealed class PathKeysTests
{
    private const int KeysPerSite = 32;
    private readonly PathKeys _keys = new();

    [Fact]
    public void TryDecode_NothingLearnt_IsFalse() => Assert.False(_keys.TryDecode(SomeSite.Create(), OpaquePath.Encode("?id=G-A1"), out _));

    [Fact]
    public void TryDecode_LearntKey_IsTheTextForThatSiteAlone()
    {
        _keys.Learn(SomeSite.Create("shop"), OpaquePath.KeyNumber(1));
        _keys.Learn(SomeSite.Create("blog"), OpaquePath.KeyNumber(2));

        Assert.True(_keys.TryDecode(SomeSite.Create("shop"), Token(1), out var text));
        Assert.Equal("?id=G-A1", text);
        Assert.False(_keys.TryDecode(SomeSite.Create("blog"), Token(1), out text));
        Assert.Equal("", text);
    }

    [Fact]
    public void TryDecode_SeveralKeys_FindsTheOneThatFits()
    {
        var site = SomeSite.Create();
        Learn(1, 5);

        Assert.All(Enumerable.Range(1, 5), number => Assert.True(_keys.TryDecode(site, Token(number), out _)));
        Assert.False(_keys.TryDecode(site, Token(6), out _));
    }

    [Fact]
    public void Learn_OneKeyTooMany_ForgetsTheOldest()
    {
        Learn(1, KeysPerSite);
        Assert.All(Enumerable.Range(1, KeysPerSite), number => Assert.True(Knows(number)));

        Learn(KeysPerSite + 1, KeysPerSite + 1);

        Assert.False(Knows(1));
        Assert.All(Enumerable.Range(2, KeysPerSite), number => Assert.True(Knows(number)));
    }

    [Fact]
    public void Learn_KnownKey_ForgetsNone()
    {
        Learn(1, KeysPerSite);

        Learn(1, KeysPerSite);
        Learn(KeysPerSite, KeysPerSite);

        Assert.All(Enumerable.Range(1, KeysPerSite), number => Assert.True(Knows(number)));
    }

    [Fact]
    public void Learn_TooManyKeysOfOneSite_LeavesAnotherSitesAlone()
    {
        var blog = SomeSite.Create("blog");
        _keys.Learn(blog, OpaquePath.KeyNumber(1));

        Learn(2, 90);

        Assert.True(_keys.TryDecode(blog, Token(1), out _));
    }

    [Fact]
    public void Learn_FromManyThreads_StaysBounded()
    {
        Parallel.For(1, 91, number => Learn(number, number));

        Assert.Equal(KeysPerSite, Enumerable.Range(1, 90).Count(Knows));
    }

    private static string Token(int number) => OpaquePath.Encode("?id=G-A1", OpaquePath.KeyNumber(number));

    private bool Knows(int number) => _keys.TryDecode(SomeSite.Create(), Token(number), out _);

    private void Learn(int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            _keys.Learn(SomeSite.Create(), OpaquePath.KeyNumber(number));
        }
    }
}
