using System.Buffers;
using System.Text;
using System.Text.Unicode;
using TagGateway.Limits;
using TagGateway.Rewriting;

namespace TagGateway.Upstream;

/// <summary>An answer that the tag obeys while it comes: blocks of <c>event: message LF data: {json} LF LF</c> that name further addresses to ask
/// (tags of 2023 and later). Those of Google's that have a route become the site's own, line by line; all else passes as it is.</summary>
/// <param name="values">The visitor's; null: nothing is moved.</param>
/// <param name="lease">What lines that are held until they end count against; null: they are not accounted for.</param>
internal sealed class InstructionStream(TemplateValues? values, MemoryLease? lease = null)
{
    /// <summary>A longer line is passed on as it is: no instruction is so long.</summary>
    private const int MaxLineBytes = 256 * 1024;

    /// <summary>What is held for each byte of a line: the line and what it becomes, in buffers that double, and its text in UTF-16.</summary>
    private const int BytesPerByte = 8;

    /// <summary>A line is accounted for in steps of this.</summary>
    private const int StepBytes = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _ready = new();
    private bool _isTooLong;
    private int _longest;

    /// <summary>What every one begins with.</summary>
    public static ReadOnlySpan<byte> Beginning => "event: message"u8;

    /// <summary>What may be passed on by now, good until the next call; empty: nothing yet.</summary>
    /// <param name="chunk">The next bytes, cut anywhere; only read during the call.</param>
    public ReadOnlyMemory<byte> Next(ReadOnlySpan<byte> chunk)
    {
        _ready.ResetWrittenCount();
        while (chunk.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Take(chunk[..(end + 1)]);
            EndLine();
            chunk = chunk[(end + 1)..];
        }

        Take(chunk);
        return _ready.WrittenMemory;
    }

    /// <summary>What is left at the end of the answer.</summary>
    public ReadOnlyMemory<byte> End()
    {
        _ready.ResetWrittenCount();
        EndLine();
        return _ready.WrittenMemory;
    }

    private void Take(ReadOnlySpan<byte> part)
    {
        if (!MayHold(_line.WrittenCount + part.Length))
        {
            _isTooLong = true;
            _ready.Write(_line.WrittenSpan);
            _line.ResetWrittenCount();
        }

        (_isTooLong ? _ready : _line).Write(part);
    }

    /// <summary>What has been taken once is kept for the lines that follow: it is given back with the request.</summary>
    private bool MayHold(int bytes)
    {
        if (bytes <= _longest)
        {
            return true;
        }

        var longest = (bytes + StepBytes - 1) / StepBytes * StepBytes;
        if (bytes > MaxLineBytes || lease?.TryTake((longest - _longest) * BytesPerByte) == false)
        {
            return false;
        }

        _longest = longest;
        return true;
    }

    private void EndLine()
    {
        var line = _line.WrittenSpan;
        if (values is null || !TryMove(line, values))
        {
            _ready.Write(line);
        }

        _line.ResetWrittenCount();
        _isTooLong = false;
    }

    /// <summary>False, and nothing written, when the line stays as it is.</summary>
    private bool TryMove(ReadOnlySpan<byte> line, TemplateValues filling)
    {
        if (!Utf8.IsValid(line))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(line);
        var edits = TextAddresses.Find(text);
        var template = new ArrayBufferWriter<byte>(line.Length + 1024);
        return edits.Count > 0 && TemplateWriter.TryWrite(line, text, edits, template) && ScriptTemplate.TryRender(template.WrittenSpan, filling, _ready);
    }
}
