using System.Globalization;
using System.IO.Hashing;
using System.Text;
using TagGateway.Html;

namespace TagGateway.Pages;

/// <summary>Stands in a rewritten page's ETag for all that decides the rewriting beside the page itself: a page rewritten in another way is never confirmed.</summary>
internal static class PageFingerprint
{
    /// <summary>In hexadecimal digits.</summary>
    public const int Length = 16;

    /// <summary>Higher whenever this program makes another page out of the same one.</summary>
    private const int Rewriting = 2;

    /// <param name="tags">All that the site wants.</param>
    /// <param name="ids">Of its tags.</param>
    /// <param name="mayInject">Whether a tag may be injected where there is none.</param>
    public static string Of(TagPlan tags, IEnumerable<string> ids, bool mayInject)
    {
        var inject = mayInject ? tags.Inject?.ToString() : "";
        // A line feed stands in none of them.
        var all = string.Join('\n', [$"{Rewriting}", tags.Path, $"{tags.IsFull}", $"{inject}", $"{tags.ConsentDefault}", $"{tags.HeedsBlocking}", .. ids]);
        return XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(all)).ToString("x16", CultureInfo.InvariantCulture);
    }
}
