using System.Buffers;
using System.Text;

namespace TagGateway.Rewriting;

/// <summary>Writes a script with its edits. The bytes between them are the original's.</summary>
internal static class TemplateWriter
{
    /// <summary>False when two edits overlap; then nothing is written.</summary>
    /// <param name="script">UTF-8.</param>
    /// <param name="text">The same, decoded: edits count its characters.</param>
    /// <param name="edits">Sorted by this call.</param>
    /// <param name="target">Gets the template.</param>
    public static bool TryWrite(ReadOnlySpan<byte> script, ReadOnlySpan<char> text, List<ScriptEdit> edits, IBufferWriter<byte> target)
    {
        edits.Sort(static (one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : one.End.CompareTo(other.End));
        for (var i = 1; i < edits.Count; i++)
        {
            if (edits[i].Start < edits[i - 1].End)
            {
                return false;
            }
        }

        var isAscii = script.Length == text.Length;
        var (at, from) = (0, 0);
        foreach (var edit in edits)
        {
            var start = at + BytesOf(text[from..edit.Start], isAscii);
            target.Write(script[at..start]);
            Encoding.Latin1.GetBytes(edit.Text, target);
            at = start + BytesOf(text[edit.Start..edit.End], isAscii);
            from = edit.End;
        }

        target.Write(script[at..]);
        return true;
    }

    private static int BytesOf(ReadOnlySpan<char> text, bool isAscii) => isAscii ? text.Length : Encoding.UTF8.GetByteCount(text);
}
