using System.Buffers;
using System.IO.Pipelines;
using TagGateway.Caching;
using TagGateway.Html;

namespace TagGateway.Pages;

/// <summary>Copies a page to the visitor through the rewriter, as it comes: what is at hand is taken without a pause, and whenever the website lets wait,
/// all that is ready goes out. Whatever the page's size, it takes the same memory.</summary>
internal sealed class PageBody : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>With this much unsent the visitor's turn comes before more is read, or made of what was read.</summary>
    private const long MaxUnsentBytes = 64 * 1024;

    /// <summary>So much of a page that is encoded anew goes out at once, whatever more is at hand: the visitor's browser begins while the rest is made.</summary>
    private const int BeginningBytes = 8 * 1024;

    /// <summary>A coding's own head: what is shorter is none.</summary>
    private const int CodedHeadBytes = 10;

    private readonly HttpContext _context;
    private readonly PageRewriter _rewriter;
    private readonly TimeSpan _patience;
    private readonly PipeWriter _visitor;
    private readonly PageDecoder? _decoder;
    private readonly CancellationTokenSource _idle;
    private byte[] _raw = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private byte[] _plain;
    private PageEncoder? _encoder;
    private PooledBuffer? _rewritten;
    private bool _passes;
    private bool _holdsCoded;
    private long _given;
    private bool _hasBegun;

    /// <param name="context">Whose response has its headers, and has not begun.</param>
    /// <param name="rewriter">Of this page; the caller's.</param>
    /// <param name="coding">The website's.</param>
    /// <param name="patience">How long the website, or the visitor, may be without any progress.</param>
    public PageBody(HttpContext context, PageRewriter rewriter, PageCoding coding, TimeSpan patience)
    {
        (_context, _rewriter, _patience, _visitor) = (context, rewriter, patience, context.Response.BodyWriter);
        _decoder = PageDecoder.Create(coding);
        _plain = _decoder is null ? [] : ArrayPool<byte>.Shared.Rent(BufferBytes);
        _idle = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
    }

    /// <summary>Plain bytes that went through the rewriter.</summary>
    public long Scanned { get; private set; }

    /// <summary>How long the rewriter took for them.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>To its end. Before the response begins, anything that throws has left it as it was.</summary>
    /// <param name="source">The website's bytes.</param>
    /// <param name="leaves">The coding in which a rewritten page leaves.</param>
    /// <param name="fitHeaders">Called when it is certain that the page passes the rewriter.</param>
    /// <exception cref="IOException">The website's bytes ended early, or are not in their coding.</exception>
    /// <exception cref="OperationCanceledException">The visitor has left, or somebody was silent for too long.</exception>
    public async Task CopyAsync(Stream source, PageCoding leaves, Action fitHeaders)
    {
        var read = await ReadBeginningAsync(source);
        var (consumed, written) = (0, 0);
        if (read > 0 && _decoder is not null && !_decoder.TryDecode(_raw.AsMemory(0, read), _plain, out consumed, out written))
        {
            // It lies about its coding: browsers may know what it is, and nothing has been changed yet.
            _rewriter.Findings.Leave(PageReason.Coding);
            _passes = true;
        }
        else if (_decoder is null && PageCharset.IsMarkedWide(_raw.AsSpan(0, read)))
        {
            _rewriter.Findings.Leave(PageReason.Charset);
            _passes = true;
        }
        else
        {
            fitHeaders();
            // Nothing at all is nothing in every coding.
            _encoder = read > 0 ? PageEncoder.Create(leaves, _visitor) : null;
            _rewritten = _encoder is null ? null : new PooledBuffer();
        }

        await _context.Response.StartAsync(_idle.Token);
        var decodes = _decoder is not null && read > 0 && !_passes;
        if (decodes && PageCharset.IsMarkedWide(_plain.AsSpan(0, written)))
        {
            // Its head is sent for another coding of the same bytes: they only pass through.
            _rewriter.Findings.Leave(PageReason.Charset);
            _passes = true;
        }

        for (; read > 0; read = await ReadAsync(source))
        {
            if (decodes)
            {
                await DecodeAsync(_raw.AsMemory(consumed, read - consumed), written);
                (consumed, written) = (0, 0);
            }
            else
            {
                await TakeAsync(_raw.AsMemory(0, read));
            }
        }

        End(decodes);
        await SendAsync();
    }

    public void Dispose()
    {
        _decoder?.Dispose();
        _encoder?.Dispose();
        _rewritten?.Dispose();
        _idle.Dispose();
        ArrayPool<byte>.Shared.Return(_raw);
        ArrayPool<byte>.Shared.Return(_plain);
        (_raw, _plain) = ([], []);
    }

    /// <summary>As much as tells whether the page is what its head says.</summary>
    private async ValueTask<int> ReadBeginningAsync(Stream source)
    {
        var read = 0;
        while (_decoder is null ? PageCharset.MayBeMarkedWide(_raw.AsSpan(0, read)) : read < CodedHeadBytes)
        {
            _idle.CancelAfter(_patience);
            var more = await source.ReadAsync(_raw.AsMemory(read, BufferBytes - read), _idle.Token);
            if (more == 0)
            {
                break;
            }

            read += more;
        }

        _idle.CancelAfter(Timeout.InfiniteTimeSpan);
        return read;
    }

    private async ValueTask<int> ReadAsync(Stream source)
    {
        var reading = source.ReadAsync(_raw.AsMemory(0, BufferBytes), _idle.Token);
        if (reading.IsCompletedSuccessfully)
        {
            return reading.Result;
        }

        // The website lets wait: the visitor need not.
        var pending = reading.AsTask();
        try
        {
            FlushEncoder();
            await SendAsync();
        }
        catch
        {
            // The buffer is the reading's until that has ended.
            await _idle.CancelAsync();
            await pending.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }

        _idle.CancelAfter(_patience);
        var read = await pending;
        _idle.CancelAfter(Timeout.InfiniteTimeSpan);
        return read;
    }

    /// <param name="coded">What came.</param>
    /// <param name="written">Plain bytes that were made before.</param>
    private async ValueTask DecodeAsync(ReadOnlyMemory<byte> coded, int written)
    {
        for (int consumed; ; coded = coded[consumed..])
        {
            await TakeAsync(_plain.AsMemory(0, written));
            _idle.Token.ThrowIfCancellationRequested();
            if (!_decoder!.TryDecode(coded, _plain, out consumed, out written)) // only called with one
            {
                throw new IOException("The page is not in its coding.");
            }

            if (consumed + written == 0)
            {
                return;
            }
        }
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> plain)
    {
        if (!_hasBegun && _encoder is not null && plain.Length > BeginningBytes)
        {
            Take(plain.Span[..BeginningBytes]);
            await SendDueAsync();
            plain = plain[BeginningBytes..];
        }

        Take(plain.Span);
        await SendDueAsync();
    }

    private void Take(ReadOnlySpan<byte> plain)
    {
        if (_passes || _rewriter.IsDone)
        {
            Give(plain);
            return;
        }

        var since = TimeProvider.System.GetTimestamp();
        _rewriter.Write(plain, _rewritten as IBufferWriter<byte> ?? _visitor);
        Spent += TimeProvider.System.GetElapsedTime(since);
        Scanned += plain.Length;
        GiveRewritten();
    }

    private void End(bool decodes)
    {
        if (decodes && !_decoder!.End()) // decodes: there is one
        {
            throw new IOException("The page was cut.");
        }

        if (!_passes)
        {
            _rewriter.Complete(_rewritten as IBufferWriter<byte> ?? _visitor);
            GiveRewritten();
        }

        _encoder?.End();
    }

    private void GiveRewritten()
    {
        if (_rewritten is { Length: > 0 })
        {
            Give(_rewritten.Span);
            _rewritten.Clear();
        }
    }

    private void Give(ReadOnlySpan<byte> plain)
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

    private void FlushEncoder()
    {
        if (_holdsCoded)
        {
            _encoder?.Flush();
            _holdsCoded = false;
        }
    }

    /// <summary>The beginning, once there is one; later whenever enough has gathered.</summary>
    private ValueTask SendDueAsync() =>
        !_hasBegun && _encoder is not null && _given >= BeginningBytes ? SendBeginningAsync()
        : _visitor.UnflushedBytes >= MaxUnsentBytes ? SendAsync()
        : ValueTask.CompletedTask;

    private async ValueTask SendBeginningAsync()
    {
        _hasBegun = true;
        FlushEncoder();
        await SendAsync();
        // What sends waits for a thread: on a busy machine it would get this one only when the whole page is made.
        await Task.Yield();
    }

    private async ValueTask SendAsync()
    {
        if (_visitor.UnflushedBytes == 0)
        {
            return;
        }

        var sending = _visitor.FlushAsync(_idle.Token);
        if (!sending.IsCompletedSuccessfully)
        {
            _idle.CancelAfter(_patience);
            await sending;
            _idle.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        _context.RequestAborted.ThrowIfCancellationRequested();
    }
}
