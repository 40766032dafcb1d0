using System.Buffers;
using TagGateway.Html;

namespace TagGateway.Pages;

/// <summary>Copies a page to the visitor through the rewriter, as it comes: what is at hand is taken without a pause, and whenever the website lets wait,
/// all that is ready goes out. Whatever the page's size, it takes the same memory.</summary>
internal sealed class PageBody : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>A coding's own head: what is shorter is none.</summary>
    private const int CodedHeadBytes = 10;

    private readonly HttpContext _context;
    private readonly PageRewriter _rewriter;
    private readonly PagePatience _patience;
    private readonly PageOutput _output;
    private readonly PageDecoder? _decoder;
    private byte[] _raw = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private byte[] _plain;
    private bool _passes;
    private bool _isComplete;

    /// <param name="context">Whose response has its headers, and has not begun.</param>
    /// <param name="rewriter">Of this page; the caller's.</param>
    /// <param name="coding">The website's.</param>
    /// <param name="patience">How long the website, or the visitor, may be without any progress.</param>
    public PageBody(HttpContext context, PageRewriter rewriter, PageCoding coding, TimeSpan patience)
    {
        (_context, _rewriter, _patience) = (context, rewriter, new PagePatience(patience, context.RequestAborted));
        _output = new PageOutput(context, _patience);
        _decoder = PageDecoder.Create(coding);
        _plain = _decoder is null ? [] : ArrayPool<byte>.Shared.Rent(BufferBytes);
    }

    /// <summary>Plain bytes that went through the rewriter.</summary>
    public long Scanned { get; private set; }

    /// <summary>How long the rewriter took for them.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>To its end. Before the response begins, anything that throws has left it as it was.</summary>
    /// <param name="source">The website's bytes.</param>
    /// <param name="length">So many are to come; null: nobody knows.</param>
    /// <param name="leaves">The coding in which a rewritten page leaves.</param>
    /// <param name="fitHeaders">Called when it is certain that the page passes the rewriter.</param>
    /// <exception cref="IOException">The website's bytes ended early, or are not in their coding.</exception>
    /// <exception cref="OperationCanceledException">The visitor has left, or somebody was silent for too long.</exception>
    public async Task CopyAsync(Stream source, long? length, PageCoding leaves, Action fitHeaders)
    {
        var read = await ReadBeginningAsync(source);
        var (consumed, written) = (0, 0);
        if (read > 0 && _decoder is not null && !_decoder.TryDecode(_raw.AsMemory(0, read), _plain, out consumed, out written))
        {
            // It lies about its coding: browsers may know what it is, and nothing has been changed yet.
            Pass(PageReason.Coding);
        }
        else if (_decoder is null && PageCharset.IsMarkedWide(_raw.AsSpan(0, read)))
        {
            Pass(PageReason.Charset);
        }
        else
        {
            fitHeaders();
            // Nothing at all is nothing in every coding.
            _output.Encode(read > 0 ? leaves : PageCoding.Identity);
        }

        await _context.Response.StartAsync(_patience.Token);
        var decodes = _decoder is not null && read > 0 && !_passes;
        if (decodes && PageCharset.IsMarkedWide(_plain.AsSpan(0, written)))
        {
            // Its head is sent for another coding of the same bytes: they only pass through.
            Pass(PageReason.Charset);
        }

        for (; read > 0; read = await ReadAsync(source))
        {
            length -= read;
            if (decodes)
            {
                await DecodeAsync(_raw.AsMemory(consumed, read - consumed), written);
                (consumed, written) = (0, 0);
            }
            else
            {
                await TakeAsync(_raw.AsMemory(0, read), isLast: length == 0);
            }
        }

        if (decodes && !_decoder!.End()) // decodes: there is one
        {
            throw new IOException("The page was cut.");
        }

        if (!_isComplete)
        {
            Take([], isLast: true);
        }

        await _output.EndAsync();
    }

    public void Dispose()
    {
        _decoder?.Dispose();
        _output.Dispose();
        _patience.Dispose();
        ArrayPool<byte>.Shared.Return(_raw);
        ArrayPool<byte>.Shared.Return(_plain);
        (_raw, _plain) = ([], []);
    }

    private void Pass(PageReason reason)
    {
        _rewriter.Findings.Leave(reason);
        _passes = true;
    }

    /// <summary>As much as tells whether the page is what its head says.</summary>
    private async ValueTask<int> ReadBeginningAsync(Stream source)
    {
        var read = 0;
        while (_decoder is null ? PageCharset.MayBeMarkedWide(_raw.AsSpan(0, read)) : read < CodedHeadBytes)
        {
            var more = await _patience.WaitAsync(source.ReadAsync(_raw.AsMemory(read, BufferBytes - read), _patience.Token));
            if (more == 0)
            {
                break;
            }

            read += more;
        }

        return read;
    }

    private async ValueTask<int> ReadAsync(Stream source)
    {
        var reading = source.ReadAsync(_raw.AsMemory(0, BufferBytes), _patience.Token);
        if (reading.IsCompletedSuccessfully)
        {
            return reading.Result;
        }

        // The website lets wait: the visitor need not.
        var pending = reading.AsTask();
        try
        {
            await _output.SendAllAsync();
        }
        catch
        {
            await _patience.GiveUpAsync(pending);
            throw;
        }

        return await _patience.WaitAsync(new ValueTask<int>(pending));
    }

    /// <param name="coded">What came.</param>
    /// <param name="written">Plain bytes that were made before.</param>
    private async ValueTask DecodeAsync(ReadOnlyMemory<byte> coded, int written)
    {
        for (int consumed; ; coded = coded[consumed..])
        {
            await TakeAsync(_plain.AsMemory(0, written), isLast: false);
            _patience.Token.ThrowIfCancellationRequested();
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

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> plain, bool isLast)
    {
        if (_output.WantsBeginning && plain.Length > PageOutput.BeginningBytes)
        {
            Take(plain.Span[..PageOutput.BeginningBytes], isLast: false);
            await _output.SendDueAsync();
            plain = plain[PageOutput.BeginningBytes..];
        }

        Take(plain.Span, isLast);
        await _output.SendDueAsync();
    }

    private void Take(ReadOnlySpan<byte> plain, bool isLast)
    {
        if (_passes || (_rewriter.IsDone && !isLast))
        {
            _output.Give(plain);
            return;
        }

        var since = TimeProvider.System.GetTimestamp();
        if (isLast)
        {
            _rewriter.Complete(plain, _output.Writer);
            _isComplete = true;
        }
        else
        {
            _rewriter.Write(plain, _output.Writer);
        }

        Spent += TimeProvider.System.GetElapsedTime(since);
        Scanned += plain.Length;
        _output.Take();
    }
}
