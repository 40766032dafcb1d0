using System.Buffers;

namespace TagGateway.TagScripts;

/// <summary>The service worker's files. Their address holds Google's release, so they never change:
/// <c>/_/service_worker/RELEASE/sw.js</c> and <c>…/sw_iframe.html</c> below the measurement path (contract §9.8, §12).</summary>
internal static class VersionedFile
{
    private const string Folder = "/_/service_worker/";
    private static readonly SearchValues<char> ReleaseCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <param name="subPath">Raw, below the measurement path.</param>
    public static bool Is(ReadOnlySpan<char> subPath)
    {
        if (!subPath.StartsWith(Folder, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = subPath[Folder.Length..];
        var slash = rest.IndexOf('/');
        return slash > 0 && !rest[..slash].ContainsAnyExcept(ReleaseCharacters) && rest[(slash + 1)..] is ("sw.js" or "sw_iframe.html");
    }
}
