namespace TagGateway.Html;

/// <summary>The charset that a <c>meta</c> element declares (WHATWG HTML §13.2.3.2).</summary>
internal static class MetaCharset
{
    /// <summary>Null when it declares none.</summary>
    public static string? Find(HtmlAttributes meta)
    {
        if (meta.ValueOf("charset"u8) is { } charset)
        {
            return charset.Trim();
        }

        if (!string.Equals(meta.ValueOf("http-equiv"u8)?.Trim(), "content-type", StringComparison.OrdinalIgnoreCase) || meta.ValueOf("content"u8) is not { } content)
        {
            return null;
        }

        var at = content.IndexOf("charset", StringComparison.OrdinalIgnoreCase);
        var equals = at < 0 ? -1 : content.IndexOf('=', at);
        return equals < 0 ? null : content[(equals + 1)..].Split(';')[0].Trim(' ', '\t', '"', '\'');
    }

    /// <summary>False for charsets in which the bytes of ASCII mean something else. UTF-16 in a <c>meta</c> is none: whoever could read the element has UTF-8.</summary>
    public static bool IsSupersetOfAscii(string label) =>
        !label.StartsWith("iso-2022", StringComparison.OrdinalIgnoreCase) && !label.StartsWith("csiso2022", StringComparison.OrdinalIgnoreCase)
        && !label.Equals("hz-gb-2312", StringComparison.OrdinalIgnoreCase) && !label.Equals("utf-7", StringComparison.OrdinalIgnoreCase);
}
