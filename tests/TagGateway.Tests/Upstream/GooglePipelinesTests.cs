using TagGateway.Tests.TagScripts;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

/// <summary>Retries, their budget and the breaker, seen from what Google gets.</summary>
public sealed class GooglePipelinesTests : IDisposable
{
    private readonly SomeFetcher _some = new();

    public void Dispose() => _some.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Fetch_FailsOnce_IsTriedOnceMore(int status)
    {
        _some.Google.Answer(() => status == 0 ? throw new HttpRequestException("no connection") : FakeGoogle.Status(status));
        _some.Google.Answer(() => FakeGoogle.Script("1"));

        using var fetched = await _some.FetchAsync();

        Assert.Equal((FetchOutcome.Answered, 2), (fetched.Outcome, _some.Google.Asked.Count));
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(304, 1)]
    [InlineData(404, 1)]
    [InlineData(429, 1)]
    [InlineData(500, 2)]
    public async Task Fetch_Always_IsAskedSoOften(int status, int expected)
    {
        _some.Google.Always(() => FakeGoogle.Status(status));

        using var fetched = await _some.FetchAsync();

        Assert.Equal(expected, _some.Google.Asked.Count);
    }

    /// <summary>Three at the start, then one for every five fetches: each failed fetch costs one, though the retry fails as well.</summary>
    [Fact]
    public async Task Fetch_GoogleIsIllForLong_RetriesNoMoreThanTheBudget()
    {
        // Far apart, so that the breaker never has ten together.
        _some.Google.Always(() => FakeGoogle.Status(500));
        for (var i = 0; i < 20; i++)
        {
            (await _some.FetchAsync()).Dispose();
            _some.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(_some.Google.Asked.Count - 20, 6, 7);
    }

    [Fact]
    public async Task Fetch_HostFailsAgainAndAgain_IsLeftAloneForAWhile()
    {
        _some.Google.Always(() => FakeGoogle.Status(503));
        await FetchAsync(20);
        var asked = _some.Google.Asked.Count;

        using var open = await _some.FetchAsync();
        var stillAsked = _some.Google.Asked.Count;
        _some.Google.Always(() => FakeGoogle.Script("1"));
        _some.Time.Advance(TimeSpan.FromSeconds(5.1));
        using var probe = await _some.FetchAsync();
        using var after = await _some.FetchAsync();

        Assert.InRange(asked, 10, 13);
        Assert.Equal((FetchOutcome.CircuitOpen, asked), (open.Outcome, stillAsked));
        Assert.Equal((FetchOutcome.Answered, FetchOutcome.Answered), (probe.Outcome, after.Outcome));
    }

    [Fact]
    public async Task Fetch_ProbeFails_IsLeftAloneAgain()
    {
        _some.Google.Always(() => FakeGoogle.Status(503));
        await FetchAsync(20);
        _some.Time.Advance(TimeSpan.FromSeconds(5.1));

        (await _some.FetchAsync()).Dispose();
        var asked = _some.Google.Asked.Count;
        using var open = await _some.FetchAsync();

        Assert.Equal((FetchOutcome.CircuitOpen, asked), (open.Outcome, _some.Google.Asked.Count));
    }

    /// <summary>Another tag's host may be well.</summary>
    [Fact]
    public async Task Fetch_AnotherHost_HasItsOwnBreaker()
    {
        _some.Hosts.Remember(_some.Site, _some.Site.Tags.Single(tag => tag != _some.Site.MainTag));
        _some.Google.Always((request, _) => Task.FromResult(
            request.RequestUri?.Host.StartsWith("aw-2", StringComparison.OrdinalIgnoreCase) == true ? FakeGoogle.Script("1") : FakeGoogle.Status(503)));
        await FetchAsync(20);

        using var main = await _some.FetchAsync();
        using var other = await _some.FetchAsync("AW-2");

        Assert.Equal((FetchOutcome.CircuitOpen, FetchOutcome.Answered), (main.Outcome, other.Outcome));
    }

    /// <summary>What anybody can make fail at will.</summary>
    [Fact]
    public async Task Fetch_OddQueriesFail_NeitherBreakerNorRetriesOfTheOthersSuffer()
    {
        _some.Google.Always(() => FakeGoogle.Status(503));
        for (var i = 0; i < 20; i++)
        {
            (await _some.FetchAsync(query: $"?x={i}", form: FetchForm.Odd)).Dispose();
        }

        _some.Google.Answer(() => FakeGoogle.Status(503));
        _some.Google.Always(() => FakeGoogle.Script("1"));
        using var odd = await _some.FetchAsync(query: "?x", form: FetchForm.Odd);
        using var plain = await _some.FetchAsync();

        Assert.Equal((FetchOutcome.CircuitOpen, FetchOutcome.Answered), (odd.Outcome, plain.Outcome));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task Fetch_GoogleAnswers_NeverOpensTheBreaker(int status)
    {
        _some.Google.Always(() => FakeGoogle.Status(status));

        await FetchAsync(50);

        Assert.Equal(50, _some.Google.Asked.Count);
    }

    private async Task FetchAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await _some.FetchAsync()).Dispose();
        }
    }
}
