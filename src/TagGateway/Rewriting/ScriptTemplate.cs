using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TagGateway.Rewriting;

/// <summary>A script with holes where what is one visitor's belongs: the origin that he uses, the measurement path, his region. So one kept script serves every
/// host of every site and all regions.</summary>
/// <remarks>Grammar: bytes of the script and holes; <c>hole = 0xFF letter</c>, for the region's object <c>0xFF 'g' base64 0xFF</c> with what Google wrote there.
/// No byte of UTF-8 text is 0xFF.</remarks>
internal static class ScriptTemplate
{
    public const byte Mark = 0xFF;

    /// <summary>The holes, as the rewriter writes them.</summary>
    public const string Origin = "\u00FFo";
    public const string Host = "\u00FFh";
    public const string Scheme = "\u00FFs";
    public const string Path = "\u00FFp";
    public const string Country = "\u00FFc";
    public const string Region = "\u00FFr";
    public const string GoogleDomain = "\u00FFt";
    public const string MayReadContacts = "\u00FFe";
    private const byte GeoLetter = (byte)'g';

    /// <param name="base64">As Google wrote it.</param>
    public static string Geo(ReadOnlySpan<char> base64) => $"\u00FFg{base64}\u00FF";

    /// <summary>The script for one visitor; false for a template of another version, or a damaged one: what the target has by then is of no use.</summary>
    /// <param name="template">Made by the rewriter: this one's, or another gateway's.</param>
    /// <param name="values">What fills the holes.</param>
    /// <param name="target">Gets the script.</param>
    public static bool TryRender(ReadOnlySpan<byte> template, TemplateValues values, IBufferWriter<byte> target)
    {
        while (template.IndexOf(Mark) is >= 0 and var hole)
        {
            target.Write(template[..hole]);
            template = template[(hole + 1)..];
            if (template.StartsWith(GeoLetter))
            {
                template = template[1..];
                var end = template.IndexOf(Mark);
                if (end < 0 || !TryWriteGeo(template[..end], values, target))
                {
                    return false;
                }

                template = template[(end + 1)..];
                continue;
            }

            if (template.IsEmpty || ValueOf(template[0], values) is not { } value)
            {
                return false;
            }

            Encoding.UTF8.GetBytes(value, target);
            template = template[1..];
        }

        target.Write(template);
        return true;
    }

    private static bool TryWriteGeo(ReadOnlySpan<byte> base64, TemplateValues values, IBufferWriter<byte> target)
    {
        try
        {
            values.Place.WriteGeo(base64, target);
            return true;
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            // No base64, no JSON, or none that names can be read of.
            return false;
        }
    }

    private static string? ValueOf(byte letter, TemplateValues values) => letter switch
    {
        (byte)'o' => values.Origin,
        (byte)'h' => values.Host,
        (byte)'s' => values.Scheme,
        (byte)'p' => values.Path,
        (byte)'c' => values.Place.Country,
        (byte)'r' => values.Place.Region,
        (byte)'t' => values.Place.GoogleDomain,
        (byte)'e' => values.Place.MayReadContacts ? "true" : "false",
        _ => null,
    };
}
