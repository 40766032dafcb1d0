using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace TagGateway.Demo.Google;

/// <summary>Copies what Kestrel reads off an HTTP/1.1 connection, so that a request's head can be seen byte for byte.</summary>
/// <remarks>Kestrel sorts known headers and so loses their order. When a request reaches the application, Kestrel has consumed exactly up to
/// the end of its head: the head is the end of what was copied, beginning at the last occurrence of its request line.</remarks>
internal sealed class RequestHeadTap : PipeReader
{
    private const int MaxKept = 1024 * 1024;
    private readonly PipeReader _inner;
    private readonly ArrayBufferWriter<byte> _consumed = new();
    private ReadOnlySequence<byte> _buffer;

    private RequestHeadTap(PipeReader inner) => _inner = inner;

    /// <summary>Connection middleware; put it after TLS. HTTP/2 connections pass untouched.</summary>
    public static ConnectionDelegate Insert(ConnectionDelegate next) => async connection =>
    {
        var protocol = connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol ?? default;
        if (!protocol.Span.SequenceEqual("h2"u8))
        {
            var tap = new RequestHeadTap(connection.Transport.Input);
            connection.Features.Set(tap);
            connection.Transport = new TappedPipe(tap, connection.Transport.Output);
        }

        await next(connection);
    };

    /// <summary>The head of the request that just reached the application, and forgets all before; null when it is not found.</summary>
    public byte[]? TakeHead(string method, string rawTarget, string protocol)
    {
        var line = Encoding.Latin1.GetBytes($"{method} {rawTarget} {protocol}\r\n");
        var start = _consumed.WrittenSpan.LastIndexOf(line);
        var head = start < 0 ? null : _consumed.WrittenSpan[start..].ToArray();
        _consumed.ResetWrittenCount();
        return head;
    }

    /// <summary>Call after a body was read: its bytes are no head.</summary>
    public void Forget() => _consumed.ResetWrittenCount();

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await _inner.ReadAsync(cancellationToken);
        _buffer = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        var any = _inner.TryRead(out result);
        _buffer = any ? result.Buffer : _buffer;
        return any;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // Only a body that nobody reads gets here: it must not fill the memory.
        if (_consumed.WrittenCount > MaxKept)
        {
            _consumed.ResetWrittenCount();
        }

        foreach (var segment in _buffer.Slice(_buffer.Start, consumed))
        {
            _consumed.Write(segment.Span);
        }

        _buffer = default;
        _inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _inner.Complete(exception);

    /// <summary>The connection's two directions with the tapped one in place.</summary>
    private sealed record TappedPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
