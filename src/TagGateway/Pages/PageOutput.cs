using System.Buffers;
using System.IO.Pipelines;
using TagGateway.Caching;

namespace TagGateway.Pages;

/// <summary>What of a page goes to the visitor, in the coding in which it leaves, and when it is sent.</summary>
/// <param name="context">The request.</param>
/// <param name="maxUnsentBytes">With this much unsent the client's turn comes before more is read, or made of what was read.</param>
/// <param name="patience">How long the client may take.</param>
internal sealed class PageOutput(HttpContext context, int maxUnsentBytes, PagePatience patience) : IDisposable
{
    /// <summary>So much of a page that is encoded anew goes out at once, whatever more is at hand: the visitor's browser begins while the rest is made.</summary>
    public const int BeginningBytes = 8 * 1024;

    private readonly PipeWriter _visitor = context.Response.BodyWriter;
    private PageEncoder? _encoder;
    private PooledBuffer? _unencoded;
    private bool _holdsCoded;
    private long _given;
    private bool _hasBegun;

    /// <summary>It is encoded anew, and its beginning has not been sent.</summary>
    public bool WantsBeginning => !_hasBegun && _encoder is not null;

    /// <summary>Takes what is written; <see cref="Take"/> follows.</summary>
    public IBufferWriter<byte> Writer => _unencoded as IBufferWriter<byte> ?? _visitor;

    /// <param name="coding">In which the page leaves.</param>
    public void Encode(PageCoding coding)
    {
        _encoder = PageEncoder.Create(coding, _visitor);
        _unencoded = _encoder is null ? null : new PooledBuffer();
    }

    /// <summary>What was written to <see cref="Writer"/>.</summary>
    public void Take()
    {
        if (_unencoded is { Length: > 0 })
        {
            Give(_unencoded.Span);
            _unencoded.Clear();
        }
    }

    /// <param name="plain">The next bytes of the page.</param>
    public void Give(ReadOnlySpan<byte> plain)
    {
        _given += plain.Length;
        if (_encoder is null)
        {
            _visitor.Write(plain);
        }
        else if (plain.Length > 0)
        {
            _encoder.Write(plain);
            _holdsCoded = true;
        }
    }

    /// <summary>Sends the beginning, once there is one; later whenever enough has gathered.</summary>
    public ValueTask SendDueAsync() =>
        WantsBeginning && _given >= BeginningBytes ? SendBeginningAsync()
        : _visitor.UnflushedBytes >= maxUnsentBytes ? SendAsync()
        : ValueTask.CompletedTask;

    /// <summary>Sends all that was given.</summary>
    public ValueTask SendAllAsync()
    {
        if (_holdsCoded)
        {
            _encoder?.Flush();
            _holdsCoded = false;
        }

        return SendAsync();
    }

    /// <summary>The page has ended: sends the rest.</summary>
    public ValueTask EndAsync()
    {
        _encoder?.End();
        // What is left may wait long for the client, and needs no encoder any more.
        Dispose();
        return SendAsync();
    }

    public void Dispose()
    {
        _encoder?.Dispose();
        _encoder = null;
        _unencoded?.Dispose();
        _unencoded = null;
    }

    private async ValueTask SendBeginningAsync()
    {
        _hasBegun = true;
        await SendAllAsync();
        // What sends waits for a thread, and what it wakes for a core: on a busy machine both would get this one's only when the whole page is made.
        await Task.Yield();
        Thread.Yield();
    }

    private async ValueTask SendAsync()
    {
        if (_visitor.UnflushedBytes > 0)
        {
            await patience.WaitAsync(_visitor.FlushAsync(patience.Token));
            context.RequestAborted.ThrowIfCancellationRequested();
        }
    }
}
