using Microsoft.Extensions.Time.Testing;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Receiving.Admission;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Receiving.Admission;

public sealed class ConnectionTableTests : IDisposable
{
    private const string Flooder = "203.0.113.9";
    private const string Other = "203.0.113.10";
    private const string Proxy = "10.0.0.1";
    private readonly TestMetrics _metrics = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ClientShares _shares = new();
    private readonly CurrentSettings _settings = SomeSettings.Create(trustedProxies: [Proxy]);
    private readonly ConnectionTable _table;

    public ConnectionTableTests()
    {
        _settings.Value = _settings.Value with { Limits = _settings.Value.Limits with { Connections = 100, ConnectionsPerClient = 20 } };
        _table = new ConnectionTable(_settings, _shares, _metrics.Limits, _time);
    }

    [Fact]
    public void TryAdmit_OneClientWithIdleConnections_ClosesItsOwnOldest()
    {
        var others = AdmitAll(Other, 5);
        var idle = AdmitAll(Flooder, 20);

        var newest = Admit(Flooder);

        Assert.NotNull(newest.Tracked);
        Assert.Equal([idle[0].Connection], idle.Select(one => one.Connection).Where(connection => connection.IsAborted));
        Assert.DoesNotContain(others, one => one.Connection.IsAborted);
    }

    [Fact]
    public void TryAdmit_OneClientWhoseConnectionsAreAllActive_IsRefused()
    {
        foreach (var (_, tracked) in AdmitAll(Flooder, 20))
        {
            tracked!.BeginRequest();
        }

        Assert.Null(Admit(Flooder).Tracked);
        Assert.NotNull(Admit(Other).Tracked);
    }

    [Fact]
    public void TryAdmit_FloodOfIdleConnections_NeverTakesMoreThanTheShare()
    {
        for (var i = 0; i < 2000; i++)
        {
            // Their end is noticed at once, as the server's pipeline does.
            Admit(Flooder, onAbort: tracked => _table.Remove(tracked));
            Assert.InRange(_table.Count, 0, 28);
        }

        Assert.NotNull(Admit(Other).Tracked);
    }

    [Fact]
    public void TryAdmit_AllTaken_ClosesTheLongestIdleOfAnyClient()
    {
        var all = Enumerable.Range(1, 5).SelectMany(i => AdmitAll($"198.51.100.{i}", 19)).ToList();

        var newest = Admit(Other);

        Assert.NotNull(newest.Tracked);
        Assert.All(all.Take(4), one => Assert.True(one.Connection.IsAborted));
        Assert.All(all.Skip(4), one => Assert.False(one.Connection.IsAborted));
    }

    [Fact]
    public void TryAdmit_AllTakenAndActive_Refuses()
    {
        var refusals = _metrics.Collect("taggateway.connection.refused");
        foreach (var (_, tracked) in Enumerable.Range(1, 5).SelectMany(i => AdmitAll($"198.51.100.{i}", 20)))
        {
            tracked!.BeginRequest();
        }

        Assert.Null(Admit(Other).Tracked);
        Assert.Equal("limit", Assert.Single(refusals.GetMeasurementSnapshot()).Tags["reason"]);
    }

    [Fact]
    public void TryAdmit_AllTakenWhileIdleOnesAreClosed_TellsWhenToComeAgain()
    {
        var all = Enumerable.Range(1, 5).SelectMany(i => AdmitAll($"198.51.100.{i}", 20)).ToList();

        Assert.False(_table.TryAdmit(new SomeConnection(Other), out _, out var removed));
        Assert.False(removed!.IsCompleted); // idle ones are closed
        _table.Remove(all[0].Tracked!); // it had room

        Assert.True(removed.IsCompleted);
        Assert.True(_table.TryAdmit(new SomeConnection(Other), out _, out _));
    }

    [Fact]
    public void TryAdmit_TrustedProxy_HasNoShareOfItsOwn()
    {
        var connections = AdmitAll(Proxy, 90);

        Assert.All(connections, one => Assert.NotNull(one.Tracked));
        Assert.All(connections, one => Assert.Null(one.Tracked!.Share));
    }

    [Fact]
    public void Close_ConnectionThatHasServed_IsAskedBeforeItIsAborted()
    {
        var (connection, tracked) = AdmitAll(Flooder, 20)[0];
        tracked!.BeginRequest();
        tracked.EndRequest();

        tracked.Close();
        Assert.Equal((true, false), (connection.IsAskedToClose, connection.IsAborted));

        tracked.Close();
        Assert.True(connection.IsAborted);
    }

    [Fact]
    public void Remove_AllInAnyOrder_LeavesNothing()
    {
        var all = AdmitAll(Flooder, 15).Concat(AdmitAll(Other, 15)).Concat(AdmitAll(Proxy, 15)).ToList();
        new Random(1).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(all));

        foreach (var (_, tracked) in all)
        {
            _table.Remove(tracked!);
        }

        Assert.Equal((0, 0), (_table.Count, _shares.Count));
        Assert.NotNull(Admit(Flooder).Tracked);
    }

    public void Dispose() => _metrics.Dispose();

    private List<(SomeConnection Connection, TrackedConnection? Tracked)> AdmitAll(string peer, int count) => [.. Enumerable.Range(0, count).Select(_ => Admit(peer))];

    private (SomeConnection Connection, TrackedConnection? Tracked) Admit(string peer, Action<TrackedConnection>? onAbort = null)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var connection = new SomeConnection(peer);
        _table.TryAdmit(connection, out var tracked, out _);
        if (tracked is not null && onAbort is not null)
        {
            connection.OnAbort = () => onAbort(tracked);
        }

        return (connection, tracked);
    }
}
