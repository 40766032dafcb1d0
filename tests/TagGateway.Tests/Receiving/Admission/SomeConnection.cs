using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace TagGateway.Tests.Receiving.Admission;

/// <summary>A connection that notes how it was asked to end.</summary>
internal sealed class SomeConnection : DefaultConnectionContext, IConnectionLifetimeNotificationFeature
{
    public SomeConnection(string peer)
        : base("c")
    {
        RemoteEndPoint = new IPEndPoint(IPAddress.Parse(peer), 1234);
        Transport = new DuplexPipe(new Pipe().Reader, new Pipe().Writer);
        Features.Set<IConnectionLifetimeNotificationFeature>(this);
    }

    public bool IsAborted { get; private set; }

    /// <summary>Called at the first abort.</summary>
    public Action? OnAbort { get; set; }

    public bool IsAskedToClose { get; private set; }

    public CancellationToken ConnectionClosedRequested { get; set; }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (!IsAborted)
        {
            IsAborted = true;
            OnAbort?.Invoke();
        }
    }

    public void RequestClose() => IsAskedToClose = true;

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
