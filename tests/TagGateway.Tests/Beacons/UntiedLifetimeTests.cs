using Microsoft.AspNetCore.Http.Features;
using TagGateway.Beacons;

namespace TagGateway.Tests.Beacons;

public sealed class UntiedLifetimeTests
{
    [Fact]
    public void RequestAborted_BrowserLeaves_IsNotSignalled()
    {
        using var connection = new Connection();
        var lifetime = new UntiedLifetime(connection);

        connection.Leave();

        Assert.True(connection.RequestAborted.IsCancellationRequested);
        Assert.False(lifetime.RequestAborted.IsCancellationRequested);
        Assert.False(lifetime.RequestAborted.CanBeCanceled);
    }

    [Fact]
    public void RequestAborted_SetByAStep_IsThatOne()
    {
        using var connection = new Connection();
        using var own = new CancellationTokenSource();

        var lifetime = new UntiedLifetime(connection) { RequestAborted = own.Token };

        Assert.Equal(own.Token, lifetime.RequestAborted);
    }

    [Fact]
    public void Abort_ByTheGateway_EndsTheConnection()
    {
        using var connection = new Connection();

        new UntiedLifetime(connection).Abort();

        Assert.Equal(1, connection.Aborts);
    }

    private sealed class Connection : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public Connection() => RequestAborted = _aborted.Token;

        public CancellationToken RequestAborted { get; set; }

        public int Aborts { get; private set; }

        public void Abort() => Aborts++;

        public void Leave() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }
}
