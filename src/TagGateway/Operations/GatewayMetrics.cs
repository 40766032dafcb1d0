using System.Diagnostics.Metrics;

namespace TagGateway.Operations;

/// <summary>Owns the meter: every number the gateway counts. Labels are few and closed (site, kind, outcome), never a path, host or address.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "TagGateway";

    private readonly Counter<long> _reloads;

    public GatewayMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _reloads = meter.CreateCounter<long>("taggateway.configuration.reloads", "{reload}", "Reloads of the configuration, by outcome.");
    }

    public void ConfigurationReloaded(bool accepted) =>
        _reloads.Add(1, new KeyValuePair<string, object?>("outcome", accepted ? "accepted" : "refused"));
}
