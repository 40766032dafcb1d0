namespace TagGateway.Html;

/// <summary>What a page of UTF-8 may begin with: none of its text.</summary>
internal static class ByteOrderMark
{
    /// <summary>0: there is none. Null: more bytes have to decide.</summary>
    /// <param name="bytes">From the page's first on.</param>
    /// <param name="isLast">There are no more.</param>
    public static int? LengthOf(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var mark = "\ufeff"u8;
        return bytes.StartsWith(mark) ? mark.Length : !isLast && mark.StartsWith(bytes) ? null : 0;
    }
}
