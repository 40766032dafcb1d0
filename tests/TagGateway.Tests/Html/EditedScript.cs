using System.Text;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

/// <summary>A script after its edits, which have to be in order and apart.</summary>
internal static class EditedScript
{
    public static string Of(string script, IReadOnlyList<PageEdit> edits)
    {
        var bytes = Encoding.UTF8.GetBytes(script);
        var result = new List<byte>();
        var at = 0;
        foreach (var edit in edits)
        {
            Assert.InRange(edit.Start, at, edit.End);
            result.AddRange(bytes[at..edit.Start]);
            result.AddRange(edit.Replacement);
            at = edit.End;
        }

        result.AddRange(bytes[at..]);
        return Encoding.UTF8.GetString([.. result]);
    }
}
