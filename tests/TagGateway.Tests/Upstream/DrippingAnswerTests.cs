using System.Net;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Tests.Limits;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

/// <summary>A Google that drips: each byte comes in time, and the whole never does.</summary>
public sealed class DrippingAnswerTests
{
    private readonly FakeTimeProvider _time = new();

    /// <summary>The time of a request is for all of a script: 10 s by default.</summary>
    [Theory]
    [InlineData(9, 200)]
    [InlineData(1000, 504)]
    public async Task Forward_ScriptThatDrips_HasToComeWholeInTheTimeOfARequest(int bytes, int status)
    {
        using var google = new SomeForwarder(time: _time);
        using var stream = new DrippingStream(_time, TimeSpan.FromSeconds(1), bytes);
        google.Yarp.Answers.Enqueue(() => Answer(stream, "text/javascript"));
        var (context, budget) = (SomeContext.Create(), SomeLimits.Budget());
        using var lease = new MemoryLease(budget, client: null);
        context.Features.Set(lease);

        await google.Forwarder.ForwardAsync(context, Request());

        Assert.Equal(status, context.Response.StatusCode);
        Assert.InRange(stream.Given, 1, 10);
        Assert.Equal(0, budget.Bytes);
    }

    [Theory]
    [InlineData("image/gif", 115, true)]
    [InlineData("image/gif", 1000, false)]
    [InlineData("text/event-stream", 1000, true)]
    public async Task Forward_OtherAnswerThatDrips_EndsAfterTwoMinutesOfWaiting(string type, int bytes, bool isWhole)
    {
        using var google = new SomeForwarder(time: _time);
        using var stream = new DrippingStream(_time, TimeSpan.FromSeconds(1), bytes);
        google.Yarp.Answers.Enqueue(() => Answer(stream, type));
        var context = SomeContext.Create();
        context.Features.Set(new Visitor(null, default, isViaTrustedProxy: false));

        await google.Forwarder.ForwardAsync(context, Request());

        Assert.Equal(isWhole ? bytes : 119, stream.Given);
        Assert.Equal(isWhole, SomeContext.BodyOf(context).Length == bytes);
    }

    /// <summary>A gap that is longer than the time of a request ends it at once, as ever.</summary>
    [Fact]
    public async Task Forward_OtherAnswerThatFallsSilent_Ends()
    {
        using var google = new SomeForwarder(time: _time);
        using var stream = new DrippingStream(_time, TimeSpan.FromSeconds(11), 10);
        google.Yarp.Answers.Enqueue(() => Answer(stream, "image/gif"));

        await google.Forwarder.ForwardAsync(SomeContext.Create(), Request());

        Assert.Equal(0, stream.Given);
    }

    [Fact]
    public async Task Read_NoRoomForWhatComes_EndsThereAndTellsIt()
    {
        var budget = SomeLimits.Budget(4 * SomeLimits.MegaByte);
        using var lease = new MemoryLease(budget, client: null) { Priority = MemoryPriority.UntrustedScript };
        using var other = new MemoryLease(budget, client: null);
        Assert.True(other.TryTake(2 * SomeLimits.MegaByte - 100_000));

        var (body, outcome) = await ScriptAnswer.ReadAsync(new MemoryStream(new byte[200_000]), announced: null, lease, TestContext.Current.CancellationToken);
        var (announced, reason) = await ScriptAnswer.ReadAsync(new MemoryStream(new byte[200_000]), announced: 200_000, lease, TestContext.Current.CancellationToken);

        Assert.Equal((null, FetchOutcome.NoRoom), (body, outcome));
        Assert.Equal((null, FetchOutcome.NoRoom), (announced, reason));
        Assert.Equal(2 * SomeLimits.MegaByte - 100_000, budget.Bytes);
    }

    /// <summary>No single body may be all that there is room for.</summary>
    [Fact]
    public async Task Read_LargerThanTheLargestBodyOfASmallProcess_IsTooLarge()
    {
        using var lease = new MemoryLease(SomeLimits.Budget(8 * SomeLimits.MegaByte), client: null);

        var (body, outcome) = await ScriptAnswer.ReadAsync(new MemoryStream(new byte[1024 * 1024 + 1]), announced: null, lease, TestContext.Current.CancellationToken);

        Assert.Equal((null, FetchOutcome.TooLarge), (body, outcome));
    }

    private static GoogleRequest Request()
    {
        var target = new MeasurementTarget(SomeSite.Create(), SomeSite.DefaultPath + "/x", "");
        return new GoogleRequest(target, new Visitor(null, default, isViaTrustedProxy: false), RequestKind.Script, target.Site.MainTag, null, default);
    }

    private static HttpResponseMessage Answer(Stream body, string type)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    }
}
