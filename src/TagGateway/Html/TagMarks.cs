using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace TagGateway.Html;

/// <summary>What stands in every address that is made first-party, however it is written: where there is none of it, a page needs no reading.</summary>
internal static class TagMarks
{
    /// <summary>Of two letters of a word that are looked for first: those rarely stand so far from each other in anything else.</summary>
    private const int Distance = 3;

    /// <summary>Behind the last mark; 0: there is none.</summary>
    /// <param name="bytes">Of a page, as they stand there.</param>
    /// <param name="plan">Of the site.</param>
    public static int EndOfLast(ReadOnlySpan<byte> bytes, TagPlan plan)
    {
        var end = EndOfLast(bytes, "google"u8);
        end = plan.IsFull ? Math.Max(end, EndOfLast(bytes, "doubleclick"u8)) : end;
        // Nothing comes of a tag that is first-party already, but that it is told of.
        return end == 0 && bytes.LastIndexOf(plan.PathMark) is >= 0 and var path ? path + plan.PathMark.Length : end;
    }

    /// <param name="bytes">To look through.</param>
    /// <param name="word">In small letters; found in any.</param>
    private static int EndOfLast(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> word)
    {
        var toSmall = Vector128.Create((byte)0x20);
        var (first, second) = (Vector128.Create(word[0]), Vector128.Create(word[Distance]));
        var at = bytes.Length - word.Length + 1;
        for (; at >= Vector128<byte>.Count; at -= Vector128<byte>.Count)
        {
            var place = at - Vector128<byte>.Count;
            var found = Vector128.Equals(Vector128.Create(bytes[place..]) | toSmall, first) & Vector128.Equals(Vector128.Create(bytes[(place + Distance)..]) | toSmall, second);
            for (var bits = found.ExtractMostSignificantBits(); bits != 0; bits &= ~(1U << BitOperations.Log2(bits)))
            {
                var start = place + BitOperations.Log2(bits);
                if (Ascii.EqualsIgnoreCase(bytes.Slice(start, word.Length), word))
                {
                    return start + word.Length;
                }
            }
        }

        while (--at >= 0)
        {
            if (Ascii.EqualsIgnoreCase(bytes.Slice(at, word.Length), word))
            {
                return at + word.Length;
            }
        }

        return 0;
    }
}
