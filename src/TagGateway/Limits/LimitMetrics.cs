using System.Diagnostics.Metrics;

namespace TagGateway.Limits;

/// <summary>Counts what limits refuse, and shows how much of each is used.</summary>
internal sealed class LimitMetrics
{
    private const string MeterName = "TagGateway";

    private readonly Meter _meter;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _shed;
    private readonly Counter<long> _stalled;

    public LimitMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _refusals = _meter.CreateCounter<long>("taggateway.connection.refused", "{connection}", "Client connections that were closed as soon as they came, by the limit that was reached.");
        _evictions = _meter.CreateCounter<long>("taggateway.connection.evicted", "{connection}", "Idle client connections that were closed to make room for others.");
        _shed = _meter.CreateCounter<long>("taggateway.request.shed", "{request}", "Requests that were refused, or redirected to Google, for the want of room, by what was asked for.");
        _stalled = _meter.CreateCounter<long>("taggateway.response.stalled", "{response}", "Responses that were reset because the client took nothing for limits.progressTimeout.");
    }

    public void ConnectionRefused(ConnectionRefusal reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason switch
    {
        ConnectionRefusal.ClientShare => "client_share",
        _ => "limit",
    }));

    public void ConnectionsEvicted(int count) => _evictions.Add(count);

    public void RequestShed(ShedKind kind) => _shed.Add(1, new KeyValuePair<string, object?>("kind", kind switch
    {
        ShedKind.UntrustedScript => "untrusted_script",
        ShedKind.Script => "script",
        ShedKind.Beacon => "beacon",
        ShedKind.Origin => "origin",
        ShedKind.Rate => "rate",
        _ => "request",
    }));

    public void ResponseStalled() => _stalled.Add(1);

    /// <param name="rows">Each limit with its name, its value and what is used of it.</param>
    public void Observe(Func<IEnumerable<LimitUse>> rows)
    {
        _meter.CreateObservableGauge("taggateway.limit.value", () => rows().Select(row => new Measurement<long>(row.Limit, row.Label)), null, "Each limit in force.");
        _meter.CreateObservableGauge("taggateway.limit.used", () => rows().Select(row => new Measurement<long>(row.Used, row.Label)), null, "What is used of each limit.");
    }
}
