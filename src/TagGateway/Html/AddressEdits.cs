using System.Text;

namespace TagGateway.Html;

/// <summary>The edits that give an element another address.</summary>
internal static class AddressEdits
{
    /// <summary>Puts another address into an attribute. What follows the '?' stays byte for byte where it may.</summary>
    public static void Replace(HtmlAttributes tag, HtmlToken token, HtmlAttribute attribute, string address, List<PageEdit> edits)
    {
        var raw = tag.RawOf(attribute);
        var (question, own) = (raw.IndexOf((byte)'?'), address.IndexOf('?', StringComparison.Ordinal));
        var start = token.Start + attribute.ValueStart;
        if (question >= 0 && own >= 0 && !raw[..question].Contains((byte)'&') && HtmlAttributes.Decode(raw[question..]) == address[own..])
        {
            edits.Add(new PageEdit(start, start + question, Encoding.ASCII.GetBytes(address, 0, own)));
            return;
        }

        var text = address.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
        edits.Add(new PageEdit(start, token.Start + attribute.ValueEnd, Encoding.ASCII.GetBytes(attribute.IsUnquoted ? $"\"{text}\"" : text)));
    }

    /// <summary>Google's script is another each day, and ours another than Google's.</summary>
    public static void RemoveIntegrity(HtmlAttributes tag, HtmlToken token, List<PageEdit> edits)
    {
        if (tag.TryFind("integrity"u8, out var integrity))
        {
            edits.Add(new PageEdit(token.Start + integrity.Start, token.Start + integrity.End, []));
            edits.Sort(static (one, other) => one.Start.CompareTo(other.Start));
        }
    }
}
