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

    /// <summary>Google's script is another each day, and ours another than Google's. Every one goes: of two the second would count without the first.</summary>
    public static void RemoveIntegrity(HtmlAttributes tag, HtmlToken token, List<PageEdit> edits)
    {
        foreach (var integrity in tag.FindAll("integrity"u8))
        {
            // Behind it a '=' begins a name; behind another name it would begin its value.
            edits.Add(new PageEdit(token.Start + integrity.Start, token.Start + integrity.End, tag.IsBefore(integrity, (byte)'=') ? "/"u8.ToArray() : []));
        }

        edits.Sort(static (one, other) => one.Start.CompareTo(other.Start));
    }

    /// <summary>Takes the effect from an element's address.</summary>
    public static void Disarm(HtmlAttributes tag, HtmlToken token, List<PageEdit> edits)
    {
        foreach (var source in tag.FindAll("src"u8))
        {
            edits.Add(new PageEdit(token.Start + source.Start, token.Start + source.NameEnd, "data-first-party-src"u8.ToArray()));
        }
    }
}
