using System.Buffers;
using TagGateway.Html;
using TagGateway.Limits;

namespace TagGateway.Pages;

/// <summary>Copies a page to the visitor through the rewriter, as it comes: what is at hand is taken without a pause, and whenever the website lets wait,
/// all that is ready goes out. Whatever the page's size, it takes the same memory.</summary>
internal sealed class PageBody : IAsyncDisposable
{
    private const int DecodedBytes = 64 * 1024;

    /// <summary>Where the client holds much memory already, or little is left.</summary>
    private const int LeastDecodedBytes = 16 * 1024;
    private const int MaxUnsentBytes = 64 * 1024;
    private const int LeastUnsentBytes = 8 * 1024;

    /// <summary>A coding's own head: what is shorter is none.</summary>
    private const int CodedHeadBytes = 10;

    private readonly HttpContext _context;
    private readonly Action _onSourceEnd;
    private readonly PageRewriter _rewriter;
    private readonly PagePatience _patience;
    private readonly PageSource _source;
    private readonly PageOutput _output;
    private readonly PageDecoder? _decoder;
    private byte[] _plain;
    private bool _passes;
    private bool _isComplete;
    private bool _isInputReleased;

    /// <param name="source">The website's bytes; the caller's.</param>
    /// <param name="length">So many are to come; null: nobody knows.</param>
    /// <param name="context">Whose response has its headers, and has not begun.</param>
    /// <param name="rewriter">Of this page; the caller's.</param>
    /// <param name="coding">The website's.</param>
    /// <param name="lease">The request's memory.</param>
    /// <param name="patience">How long the website, or the visitor, may be without any progress.</param>
    /// <param name="onSourceEnd">Called once, when the website has sent everything.</param>
    public PageBody(
        Stream source, long? length, HttpContext context, PageRewriter rewriter, PageCoding coding, MemoryLease lease, TimeSpan patience, Action onSourceEnd)
    {
        (_context, _rewriter, _patience, _onSourceEnd) = (context, rewriter, new PagePatience(patience, context.RequestAborted), onSourceEnd);
        _source = new PageSource(source, length, lease, _patience);
        _output = new PageOutput(context, lease.TakeUpTo(MaxUnsentBytes, LeastUnsentBytes), _patience);
        _decoder = PageDecoder.Create(coding);
        _plain = _decoder is null ? [] : ArrayPool<byte>.Shared.Rent(lease.TakeUpTo(DecodedBytes, LeastDecodedBytes));
    }

    /// <summary>Plain bytes that went through the rewriter.</summary>
    public long Scanned { get; private set; }

    /// <summary>How long the rewriter took for them.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>To its end. Before the response begins, anything that throws has left it as it was.</summary>
    /// <param name="leaves">The coding in which a rewritten page leaves.</param>
    /// <param name="fitHeaders">Called when it is certain that the page passes the rewriter.</param>
    /// <exception cref="IOException">The website's bytes ended early, or are not in their coding.</exception>
    /// <exception cref="OperationCanceledException">The visitor has left, or somebody was silent for too long.</exception>
    public async Task CopyAsync(PageCoding leaves, Action fitHeaders)
    {
        while (!_source.HasEnded && !TellsWhatItIs(_source.AtHand.Span))
        {
            await _source.WaitAsync();
        }

        var (beginning, consumed, written) = (_source.AtHand, 0, 0);
        if (beginning.Length > 0 && _decoder is not null && !_decoder.TryDecode(beginning, _plain, out consumed, out written))
        {
            // It lies about its coding: browsers may know what it is, and nothing has been changed yet.
            Pass(PageReason.Coding);
        }
        else if (_decoder is null && PageCharset.IsMarkedWide(beginning.Span))
        {
            Pass(PageReason.Charset);
        }
        else
        {
            fitHeaders();
            // Nothing at all is nothing in every coding.
            _output.Encode(beginning.Length > 0 ? leaves : PageCoding.Identity);
        }

        await _context.Response.StartAsync(_patience.Token);
        var decodes = _decoder is not null && beginning.Length > 0 && !_passes;
        if (decodes && PageCharset.IsMarkedWide(_plain.AsSpan(0, written)))
        {
            // Its head is sent for another coding of the same bytes: they only pass through.
            Pass(PageReason.Charset);
        }

        do
        {
            await ReadAsync();
            if (decodes)
            {
                await DecodeAsync(_source.AtHand[consumed..], written);
                (consumed, written) = (0, 0);
            }
            else
            {
                await TakeAsync(_source.AtHand, _source.IsLast);
            }

            _source.Take();
        }
        while (!_source.HasEnded);

        if (decodes && !_decoder!.End()) // decodes: there is one
        {
            throw new IOException("The page was cut.");
        }

        if (!_isComplete)
        {
            Take([], isLast: true);
        }

        // The rest may wait long for the client: it needs neither the website nor what the page was read with.
        _onSourceEnd();
        await ReleaseInputAsync();
        await _output.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseInputAsync();
        _output.Dispose();
        _patience.Dispose();
    }

    private async ValueTask ReleaseInputAsync()
    {
        if (_isInputReleased)
        {
            return;
        }

        _isInputReleased = true;
        await _source.DisposeAsync();
        _decoder?.Dispose();
        ArrayPool<byte>.Shared.Return(_plain);
        _plain = [];
    }

    private void Pass(PageReason reason)
    {
        _rewriter.Findings.Leave(reason);
        _passes = true;
    }

    /// <summary>Whether the page is what its head says.</summary>
    private bool TellsWhatItIs(ReadOnlySpan<byte> beginning) => _decoder is null ? !PageCharset.MayBeMarkedWide(beginning) : beginning.Length >= CodedHeadBytes;

    private async ValueTask ReadAsync()
    {
        _source.Fill();
        if (_source.AtHand.IsEmpty && !_source.HasEnded)
        {
            // The website lets wait: the visitor need not.
            await _output.SendAllAsync();
            await _source.WaitAsync();
            _source.Fill();
        }
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
        if (_passes || _isComplete || (_rewriter.IsDone && !isLast))
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
