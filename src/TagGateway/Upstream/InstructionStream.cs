using System.Buffers;
using System.Text;
using System.Text.Unicode;
using TagGateway.Rewriting;

namespace TagGateway.Upstream;

/// <summary>An answer that the tag obeys while it comes: blocks of <c>event: message LF data: {json} LF LF</c> that name further addresses to ask
/// (tags of 2023 and later). Those of Google's that have a route become the site's own, line by line; all else passes as it is.</summary>
/// <param name="values">The visitor's; null: nothing is moved.</param>
internal sealed class InstructionStream(TemplateValues? values)
{
    /// <summary>A longer line is passed on as it is: no instruction is so long.</summary>
    private const int MaxLineBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _ready = new();
    private bool _isTooLong;

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
        if (_line.WrittenCount + part.Length > MaxLineBytes)
        {
            _isTooLong = true;
            _ready.Write(_line.WrittenSpan);
            _line.ResetWrittenCount();
        }

        (_isTooLong ? _ready : _line).Write(part);
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
