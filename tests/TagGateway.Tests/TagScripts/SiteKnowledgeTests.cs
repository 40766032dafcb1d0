using TagGateway.Rewriting;
using TagGateway.TagScripts;
using TagGateway.Tests.Rewriting;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.TagScripts;

public sealed class SiteKnowledgeTests
{
    private const int KeysPerSite = 32;
    private readonly SiteKnowledge _knowledge = new();

    [Fact]
    public void TryDecode_NothingLearnt_IsFalse() => Assert.False(_knowledge.TryDecode(OpaquePath.Encode("?id=G-A1"), out _));

    [Fact]
    public void TryDecode_LearntKey_IsTheText()
    {
        Learn(1, 1);

        Assert.True(_knowledge.TryDecode(Token(1), out var text));
        Assert.Equal("?id=G-A1", text);
        Assert.False(_knowledge.TryDecode(Token(2), out text));
        Assert.Equal("", text);
    }

    [Fact]
    public void TryDecode_SeveralKeys_FindsTheOneThatFits()
    {
        Learn(1, 5);

        Assert.All(Enumerable.Range(1, 5), number => Assert.True(_knowledge.TryDecode(Token(number), out _)));
        Assert.False(_knowledge.TryDecode(Token(6), out _));
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
    public void Learn_ContainerThatNamesTags_NamesThem()
    {
        _knowledge.Learn(new ScriptFacts([new TagBlob("GTM-A1", ["GTM-A1", "GT-B2"], null)], ["G-C3", "not a tag"]));

        Assert.All(["GTM-A1", "GT-B2", "G-C3"], name => Assert.True(_knowledge.Names(SomeSite.Tag(name))));
        Assert.False(_knowledge.Names(SomeSite.Tag("G-D4")));
    }

    [Fact]
    public void Learn_TooManyTags_StaysBounded()
    {
        _knowledge.Learn(new ScriptFacts([], [.. Enumerable.Range(0, 5000).Select(number => $"G-{number}")]));

        Assert.Equal(1024, _knowledge.NamedTags.Count());
    }

    [Fact]
    public void Learn_FromManyThreads_StaysBounded()
    {
        Parallel.For(1, 91, number => Learn(number, number));

        Assert.Equal(KeysPerSite, Enumerable.Range(1, 90).Count(Knows));
    }

    private static string Token(int number) => OpaquePath.Encode("?id=G-A1", OpaquePath.KeyNumber(number));

    private bool Knows(int number) => _knowledge.TryDecode(Token(number), out _);

    private void Learn(int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            _knowledge.Learn(new ScriptFacts([new TagBlob("G-A1", [], OpaquePath.KeyNumber(number))], []));
        }
    }
}
