using System.Diagnostics.Metrics;
using TagGateway.Html;
using TagGateway.Operations;
using TagGateway.Pages;
using TagGateway.Receiving;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Tests.Operations;

public sealed class GatewayMetricsTests : IDisposable
{
    private readonly TestMetrics _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void ConfigurationReloaded_Outcome_IsCounted()
    {
        using var collector = _metrics.Collect("taggateway.configuration.reloads");

        _metrics.Gateway.ConfigurationReloaded(accepted: true);
        _metrics.Gateway.ConfigurationReloaded(accepted: false);

        Assert.Equal(["1 outcome=accepted", "1 outcome=refused"], TestMetrics.Lines(collector));
    }

    [Fact]
    public void RequestRefused_Reason_IsCounted()
    {
        using var collector = _metrics.Collect("taggateway.receiving.refusals");

        _metrics.Gateway.RequestRefused(RequestRefusal.HeaderValue);

        Assert.Equal(["1 reason=header_value"], TestMetrics.Lines(collector));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forwarded_Outcome_IsCountedOnceAndTheAbandonedApart(bool abandoned)
    {
        using var requests = _metrics.Collect("taggateway.upstream.requests");
        using var abandonments = _metrics.Collect("taggateway.upstream.abandoned");

        _metrics.Gateway.Forwarded("shop", RequestKind.Beacon, ForwardOutcome.BodyTooLarge, abandoned);

        Assert.Equal(["1 kind=beacon outcome=body_too_large site=shop"], TestMetrics.Lines(requests));
        Assert.Equal(abandoned ? ["1 kind=beacon site=shop"] : [], TestMetrics.Lines(abandonments));
    }

    [Theory]
    [InlineData(null, "1 error=request_timed_out site=shop")]
    [InlineData(nameof(OriginProblem.TimedOut), "1 error=request_timed_out reason=timed_out site=shop")]
    public void PageFailed_Error_IsCountedWithItsReason(string? problem, string expected)
    {
        using var collector = _metrics.Collect("taggateway.pages.failures");

        _metrics.Gateway.PageFailed("shop", ForwarderError.RequestTimedOut, problem is null ? null : Enum.Parse<OriginProblem>(problem));

        Assert.Equal([expected], TestMetrics.Lines(collector));
    }

    [Fact]
    public void PageAnswered_OutcomeAndReason_AreLabels()
    {
        using var collector = _metrics.Collect("taggateway.pages.pages");

        _metrics.Gateway.PageAnswered("shop", PageOutcome.Left, PageReason.NoTransform);

        Assert.Equal(["1 outcome=left reason=no_transform site=shop"], TestMetrics.Lines(collector));
    }

    [Fact]
    public void Instruments_All_AreNamedByFolderWithUnitAndDescription()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => instruments.Add(instrument) };
        listener.Start();
        using var own = new TestMetrics();

        var ours = instruments.Where(instrument => instrument.Meter.Name == GatewayMetrics.MeterName).ToList();

        Assert.NotEmpty(ours);
        Assert.All(ours, instrument => Assert.Matches("^taggateway\\.(receiving|sites|tagscripts|beacons|pages|upstream|responding|rewriting|caching|operations|configuration|connection|request|response|limit)\\.[a-z_]+$", instrument.Name));
        Assert.All(ours, instrument => Assert.Matches("^(By|s|\\{[a-z]+\\})$", instrument.Unit));
        Assert.All(ours, instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
    }
}
