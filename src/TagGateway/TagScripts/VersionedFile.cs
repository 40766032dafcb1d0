using System.Buffers;

namespace TagGateway.TagScripts;

/// <summary>The service worker's files. Their address holds Google's release, so they never change:
/// <c>/_/service_worker/RELEASE/sw.js</c> and <c>…/sw_iframe.html</c> below the measurement path (contract §9.8, §12).</summary>
internal static class VersionedFile
{
    private const string Folder = "/_/service_worker/";
    private static readonly SearchValues<char> ReleaseCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private const int OrdinaryLength = 256;

    /// <summary>Whether the query has only the parameters that the worker's own scripts use.</summary>
    /// <param name="query">Raw, empty or beginning with '?'.</param>
    public static bool IsOrdinary(string query)
    {
        foreach (var range in query.AsSpan().TrimStart('?').Split('&'))
        {
            var parameter = query.AsSpan().TrimStart('?')[range];
            var equals = parameter.IndexOf('=');
            if (parameter.Length > 0 && (equals < 0 ? parameter : parameter[..equals]) is not ("origin" or "path" or "1p"))
            {
                return false;
            }
        }

        return query.Length <= OrdinaryLength;
    }

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
