using System.Net;
using System.Text;

namespace TagGateway.Html;

/// <summary>Reads the character references of an attribute's value as browsers do (WHATWG HTML §13.2.5.72 to 80).</summary>
internal static class CharacterReferences
{
    /// <summary>Stands for a reference that is not read here; in no address.</summary>
    private const char Unknown = '\ufffd';

    /// <param name="text">The value as it is written.</param>
    public static string Decode(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOf('&');
            length = length < 0 ? text.Length - at : length;
            result.Append(text, at, length);
            at += length;
            if (at < text.Length)
            {
                at += Read(text.AsSpan(at), result);
            }
        }

        return result.ToString();
    }

    /// <summary>At a '&amp;'; returns how much of the text it is.</summary>
    private static int Read(ReadOnlySpan<char> text, StringBuilder result)
    {
        var isNumber = text.Length > 1 && text[1] == '#';
        var end = isNumber ? 2 : 1;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        var name = text[..end];
        if (end < text.Length && text[end] == ';')
        {
            var decoded = WebUtility.HtmlDecode($"{name};");
            // The names of HTML 5 alone are not known here.
            result.Append(decoded != $"{name};" || name.Length == 1 ? decoded : Unknown.ToString());
            return end + 1;
        }

        if (isNumber && end > 2)
        {
            result.Append(Unknown);
        }
        else if (end > 1 && (end == text.Length || text[end] != '=') && WebUtility.HtmlDecode($"{name};") is [<= '\xff' and not '\''] old)
        {
            result.Append(old); // the names of Latin-1 need no semicolon
        }
        else
        {
            result.Append(name);
        }

        return end;
    }
}
