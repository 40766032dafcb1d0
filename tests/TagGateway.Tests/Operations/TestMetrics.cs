using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Limits;
using TagGateway.Operations;

namespace TagGateway.Tests.Operations;

/// <summary>The gateway's metrics on a meter of their own, so that tests beside do not count into each other.</summary>
internal sealed class TestMetrics : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public TestMetrics() => (Gateway, Limits) = (new GatewayMetrics(Factory), new LimitMetrics(Factory));

    public GatewayMetrics Gateway { get; }

    public LimitMetrics Limits { get; }

    private IMeterFactory Factory => _services.GetRequiredService<IMeterFactory>();

    public MetricCollector<long> Collect(string instrument) => new(Factory, GatewayMetrics.MeterName, instrument);

    /// <summary>Lets seconds pass until so many measurements were taken in all.</summary>
    public static async Task CountedAsync(MetricCollector<long> collector, int count, FakeTimeProvider time)
    {
        var counted = collector.WaitForMeasurementsAsync(count, TimeSpan.FromSeconds(30));
        while (!counted.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await counted;
    }

    public void Dispose() => _services.Dispose();

    /// <summary>Each measurement as <c>1 site=shop kind=beacon</c>.</summary>
    public static IEnumerable<string> Lines(MetricCollector<long> collector) =>
        collector.GetMeasurementSnapshot().Select(measurement =>
            $"{measurement.Value} {string.Join(' ', measurement.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))}");
}
