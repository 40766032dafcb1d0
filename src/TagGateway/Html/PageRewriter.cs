using System.Buffers;

namespace TagGateway.Html;

/// <summary>Makes the Google tags of one page first-party while it streams through, and injects one where that is wanted. Not for several threads. Never throws for
/// what a page holds: on doubt, and on a fault of its own, the rest of the page passes untouched.</summary>
internal sealed class PageRewriter : IDisposable
{
    /// <summary>Read behind a mark of a tag at first: its element ends there mostly.</summary>
    private const int AheadBytes = 512;

    private readonly TagPlan _tags;
    private readonly HtmlTokenizer _tokenizer = new();
    private readonly TagElements _elements;
    private readonly List<PageEdit> _edits = [];
    private HeadInjection? _head;
    private byte[] _held = [];
    private int _heldCount;

    /// <summary>Of the bytes at hand, so many have been written.</summary>
    private int _written;

    /// <param name="plan">What is to be done.</param>
    public PageRewriter(PagePlan plan)
    {
        _tags = plan.Tags;
        _elements = new TagElements(plan, Findings);
        _head = plan.Tags.Inject is { } position ? new HeadInjection(position, plan.NamesCharset) : null;
        _tokenizer.ReadsEverything = _head is not null;
    }

    public PageFindings Findings { get; } = new();

    /// <summary>Nothing more can change and nothing is held: what follows may pass beside the rewriter, <see cref="Complete"/> included.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Takes the next bytes and writes all that can be decided.</summary>
    /// <param name="chunk">Only read during the call.</param>
    /// <param name="output">Gets the bytes for the visitor.</param>
    public void Write(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        if (IsDone)
        {
            output.Write(chunk);
        }
        else
        {
            Read(BehindHeld(chunk), output);
        }
    }

    /// <summary>The page ends with these bytes: writes them, what is held, and what only the end decides. Once.</summary>
    /// <param name="rest">Only read during the call.</param>
    /// <param name="output">Gets the bytes for the visitor.</param>
    public void Complete(ReadOnlySpan<byte> rest, IBufferWriter<byte> output)
    {
        ReadToEnd(BehindHeld(rest), output);
        if (!IsDone)
        {
            IsDone = true;
            if (_head is not null && _tokenizer.IsAtMarkup)
            {
                Inject(output);
            }

            if (_elements.TryEnd(_tokenizer.IsAtMarkup, out var script))
            {
                output.Write(script);
            }
        }

        if (Findings is { Rewritten: 0, IsInjected: false })
        {
            Findings.Leave(PageReason.NoTag);
        }
    }

    public void Dispose()
    {
        if (_held.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_held);
            _held = [];
        }
    }

    private void Read(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        _written = 0;
        ReadTokens(bytes, isLast: false, output);
        var keep = IsDone ? bytes.Length : _tokenizer.Keep;
        WriteUpTo(bytes, keep, output);
        _tokenizer.Forget(keep);
        Hold(bytes[keep..], 0);
    }

    /// <summary>What follows the last mark of a tag needs no reading: nothing would come of it. Where a tag may be injected, everything counts.</summary>
    private void ReadToEnd(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        _written = 0;
        var marked = IsDone ? 0 : _tags.Inject is null ? TagMarks.EndOfLast(bytes, _tags) : bytes.Length;
        for (var end = 0; !IsDone && _tokenizer.Keep < marked && end < bytes.Length;)
        {
            end = Math.Min(Math.Max(marked + AheadBytes, end * 2), bytes.Length);
            ReadTokens(bytes[..end], isLast: end == bytes.Length, output);
        }

        WriteUpTo(bytes, bytes.Length, output);
    }

    private void ReadTokens(ReadOnlySpan<byte> bytes, bool isLast, IBufferWriter<byte> output)
    {
        try
        {
            while (!IsDone && _tokenizer.TryRead(bytes, isLast, out var token))
            {
                Handle(bytes, token, output);
            }
        }
#pragma warning disable CA1031 // Whatever is wrong here, the page is not.
        catch (Exception)
#pragma warning restore CA1031
        {
            Findings.Leave(PageReason.Fault);
            IsDone = true;
        }

        if (_tokenizer.IsFinished)
        {
            IsDone = true;
            if (_tokenizer.IsDoubtful)
            {
                Findings.Leave(PageReason.Doubt);
            }
        }
    }

    private void Handle(ReadOnlySpan<byte> bytes, HtmlToken token, IBufferWriter<byte> output)
    {
        _edits.Clear();
        var isConsentPlatform = false;
        var isConsentScript = false;
        if (token.Kind == HtmlTokenKind.Content)
        {
            isConsentPlatform = _elements.ReadContent(bytes, token, _edits) == TagReading.ConsentPlatform;
        }
        else if (token.Kind == HtmlTokenKind.StartTag && !_tokenizer.IsInTemplate)
        {
            var reading = _elements.ReadTag(bytes, token, _edits);
            if (reading == TagReading.Stop)
            {
                IsDone = true;
                return;
            }

            isConsentPlatform = reading == TagReading.ConsentPlatform;
            isConsentScript = isConsentPlatform || reading == TagReading.Inline;
            if (reading is TagReading.Inline or TagReading.Frame)
            {
                _tokenizer.HoldContent();
            }
        }

        if (_head is not null && !_tokenizer.IsInTemplate)
        {
            if (_head.IsBefore(token, isConsentScript))
            {
                WriteUpTo(bytes, token.Start, output);
                Inject(output);
            }
            else if (_head.IsBehind(token, isConsentPlatform))
            {
                WriteUpTo(bytes, token.End, output);
                Inject(output);
            }
        }

        foreach (var edit in _edits)
        {
            WriteUpTo(bytes, edit.Start, output);
            output.Write(edit.Replacement);
            _written = edit.End;
        }
    }

    /// <summary>The place for the tag is here.</summary>
    private void Inject(IBufferWriter<byte> output)
    {
        var isDocument = _head is { IsDocument: true };
        _head = null;
        _tokenizer.ReadsEverything = false;
        if (_elements.TryInject(isDocument, out var snippet))
        {
            output.Write(snippet);
        }
    }

    private void WriteUpTo(ReadOnlySpan<byte> bytes, int end, IBufferWriter<byte> output)
    {
        if (end > _written)
        {
            output.Write(bytes[_written..end]);
            _written = end;
        }
    }

    /// <summary>What is held, and these bytes.</summary>
    private ReadOnlySpan<byte> BehindHeld(ReadOnlySpan<byte> chunk)
    {
        if (_heldCount == 0)
        {
            return chunk;
        }

        Hold(chunk, _heldCount);
        return _held.AsSpan(0, _heldCount);
    }

    /// <summary>Keeps bytes for the next time.</summary>
    /// <param name="bytes">May be a part of what is held already.</param>
    /// <param name="at">Behind so many that are held.</param>
    private void Hold(ReadOnlySpan<byte> bytes, int at)
    {
        if (at + bytes.Length > _held.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(at + bytes.Length);
            _held.AsSpan(0, at).CopyTo(larger);
            bytes.CopyTo(larger.AsSpan(at));
            Dispose();
            _held = larger;
        }
        else
        {
            bytes.CopyTo(_held.AsSpan(at));
        }

        _heldCount = at + bytes.Length;
    }
}
