using TagGateway.Caching;
using TagGateway.TagScripts;

namespace TagGateway.Tests.TagScripts;

/// <summary>For how long a fill that brought nothing is not tried again.</summary>
public sealed class FillMarkTests : IDisposable
{
    private readonly SomeScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Theory]
    [InlineData(503, 2.9, 6.1)]
    [InlineData(404, 59.9, 120.1)]
    public async Task Answer_FillBroughtNothing_IsTriedAgainAfterAWhile(int status, double notBefore, double surelyAfter)
    {
        _scripts.Google.Always(() => FakeGoogle.Status(status));
        await _scripts.AskAsync();
        var asked = _scripts.Google.Asked.Count;

        _scripts.Time.Advance(TimeSpan.FromSeconds(notBefore));
        await _scripts.AskAsync();
        var askedBefore = _scripts.Google.Asked.Count;
        _scripts.Time.Advance(TimeSpan.FromSeconds(surelyAfter - notBefore));
        await _scripts.AskAsync();

        Assert.Equal(asked, askedBefore);
        Assert.InRange(_scripts.Google.Asked.Count, asked + 1, asked + 2);
    }

    [Fact]
    public async Task Answer_MarkOfOneScript_IsNoOthers()
    {
        _scripts.Google.Answer(() => FakeGoogle.Status(404));
        _scripts.Google.Always(() => FakeGoogle.Script("1"));

        var refused = await _scripts.AskAsync(region: "US-CA");
        var other = await _scripts.AskAsync(region: "US-NY");

        Assert.Equal((ScriptBypass.NotKept, ScriptBypass.None), (refused.Bypass, other.Bypass));
    }

    [Fact]
    public async Task Purge_Mark_IsForgotten()
    {
        _scripts.Google.Answer(() => FakeGoogle.Status(404));
        _scripts.Google.Answer(() => FakeGoogle.Script("1"));
        await _scripts.AskAsync();

        var removed = _scripts.Purge(new PurgeScope("shop", "G-MAIN1"));
        var after = await _scripts.AskAsync();

        Assert.Equal((0, ScriptBypass.None), (removed, after.Bypass));
    }

    [Fact]
    public void Result_Time_IsThereUntilItsEnd()
    {
        var mark = new FillMark(_scripts.Load(), FillResult.Failed, TimeSpan.FromSeconds(5), _scripts.Time);

        _scripts.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        var before = mark.Result;
        _scripts.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Same(FillResult.Failed, before);
        Assert.Null(mark.Result);
    }
}
