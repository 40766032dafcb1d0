using System.Collections.Frozen;

namespace TagGateway.Pages;

/// <summary>Which charsets of pages may be read byte by byte: those whose bytes below 128 mean ASCII's markup wherever they stand. The trail bytes of the double-byte ones
/// are no '&lt;', '&gt;', quote or '='.</summary>
internal static class PageCharset
{
    /// <summary>As long as the longest mark that tells another charset.</summary>
    public const int MarkBytes = 4;

    /// <summary>The labels of the WHATWG encoding standard (§4.2), but for UTF-16, ISO-2022-JP, the replacement encoding's and x-user-defined.</summary>
    private static readonly FrozenSet<string> Readable = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8",
        "ascii", "us-ascii", "ansi_x3.4-1968", "latin1", "latin2", "latin3", "latin4", "latin5", "latin6", "l1", "l2", "l3", "l4", "l5", "l6", "l9",
        "iso-8859-1", "iso8859-1", "iso88591", "iso_8859-1", "iso_8859-1:1987", "iso-ir-100", "cp819", "ibm819", "csisolatin1", "csisolatin2",
        "iso-8859-2", "iso8859-2", "iso88592", "iso_8859-2", "iso-8859-3", "iso8859-3", "iso-8859-4", "iso8859-4", "iso-8859-5", "iso8859-5", "cyrillic",
        "iso-8859-6", "iso8859-6", "iso-8859-6-e", "iso-8859-6-i", "arabic", "iso-8859-7", "iso8859-7", "greek", "greek8",
        "iso-8859-8", "iso8859-8", "iso-8859-8-e", "iso-8859-8-i", "hebrew", "visual", "logical", "iso-8859-9", "iso8859-9", "iso88599", "iso-8859-10", "iso8859-10",
        "iso-8859-11", "iso8859-11", "tis-620", "iso-8859-13", "iso8859-13", "iso-8859-14", "iso8859-14", "iso-8859-15", "iso8859-15", "iso885915", "iso_8859-15", "iso-8859-16",
        "windows-874", "dos-874", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258",
        "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
        "x-cp1250", "x-cp1251", "x-cp1252", "x-cp1253", "x-cp1254", "x-cp1255", "x-cp1256", "x-cp1257", "x-cp1258",
        "koi8-r", "koi8-u", "koi8-ru", "koi8", "koi", "koi8_r", "cskoi8r", "ibm866", "866", "cp866", "csibm866", "macintosh", "mac", "x-mac-roman", "csmacintosh", "x-mac-cyrillic", "x-mac-ukrainian",
        "gbk", "gb2312", "gb_2312", "gb_2312-80", "chinese", "csgb2312", "x-gbk", "iso-ir-58", "gb18030", "big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5",
        "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "ms932", "windows-31j", "csshiftjis", "euc-jp", "x-euc-jp", "cseucpkdfmtjapanese",
        "euc-kr", "cseuckr", "korean", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601", "windows-949", "iso-ir-149", "euc-cn", "euc-tw");

    /// <summary>False for a charset that is not a superset of ASCII, or that nobody knows. True where none is named: browsers then take none but such.</summary>
    /// <param name="contentType">The value of <c>Content-Type</c>.</param>
    /// <param name="isNamed">A charset is named.</param>
    public static bool IsReadable(ReadOnlySpan<char> contentType, out bool isNamed)
    {
        var name = NameIn(contentType);
        isNamed = name.Length > 0;
        return !isNamed || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || Readable.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }

    /// <summary>Begins with the byte order mark of UTF-16 or UTF-32, which for browsers outweighs whatever is named.</summary>
    public static bool IsMarkedWide(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
        || beginning.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0xFE, 0xFF]);

    /// <summary>Further bytes are needed before <see cref="IsMarkedWide"/> can tell.</summary>
    public static bool MayBeMarkedWide(ReadOnlySpan<byte> beginning) => beginning.Length switch
    {
        0 => true,
        1 => beginning[0] is 0xFE or 0xFF or 0x00,
        2 => beginning is [0x00, 0x00],
        3 => beginning is [0x00, 0x00, 0xFE],
        _ => false,
    };

    /// <summary>The first charset counts (WHATWG MIME sniffing §4.4).</summary>
    private static ReadOnlySpan<char> NameIn(ReadOnlySpan<char> contentType)
    {
        foreach (var range in contentType.Split(';'))
        {
            var parameter = contentType[range].Trim();
            if (parameter.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))
            {
                return parameter["charset=".Length..].Trim("\"' \t");
            }
        }

        return [];
    }
}
