using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace TagGateway.Responding;

/// <summary>A response body that is handed to the server in small pieces, each when the client has taken the one before: the server itself copies
/// all it is given, whatever the client's HTTP/2 window allows.</summary>
/// <param name="inner">The server's.</param>
/// <param name="stall">Resets the response when the client takes nothing.</param>
internal sealed class PacedResponseBody(IHttpResponseBodyFeature inner, StallTimeout stall) : IHttpResponseBodyFeature
{
    private PacedWriter? _writer;
    private Stream? _stream;

    public Stream Stream => _stream ??= new PacedStream(OwnWriter, inner);

    public PipeWriter Writer => OwnWriter;

    private PacedWriter OwnWriter => _writer ??= new PacedWriter(inner.Writer, stall);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public Task CompleteAsync() => inner.CompleteAsync();
}
