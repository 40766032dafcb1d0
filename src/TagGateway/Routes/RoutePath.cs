using System.Buffers;

namespace TagGateway.Routes;

/// <summary>The path patterns of <see cref="RouteTable"/>. Grammar: a literal path in which <c>#</c> stands for an id (1 to 20 digits), <c>@</c> for a release
/// (letters and digits), <c>[</c> for "may end here", and a last <c>*</c> for parameters that the path itself carries.</summary>
internal static class RoutePath
{
    private const int MaxIdLength = 20;
    private static readonly SearchValues<char> ReleaseCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <param name="pattern">Of the table.</param>
    /// <param name="path">Raw: nothing is decoded, so an escape matches nowhere but in parameters.</param>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        for (; pattern.Length > 0; pattern = pattern[1..])
        {
            var length = 1;
            switch (pattern[0])
            {
                case '[' when path.IsEmpty:
                    return true;
                case '[':
                    continue;
                case '*':
                    return AreParameters(path);
                case '#':
                    length = LengthOf(path.IndexOfAnyExceptInRange('0', '9'), path.Length);
                    break;
                case '@':
                    length = LengthOf(path.IndexOfAnyExcept(ReleaseCharacters), path.Length);
                    break;
                case var literal when path.IsEmpty || path[0] != literal:
                    return false;
            }

            if (length is 0 or > MaxIdLength)
            {
                return false;
            }

            path = path[length..];
        }

        return path.IsEmpty;
    }

    private static int LengthOf(int end, int all) => end < 0 ? all : end;

    /// <summary>Whatever a tag writes there, but for what somebody could take for another path.</summary>
    private static bool AreParameters(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange('!', '~') && !text.ContainsAny("?#\\") && text.IndexOf("/.") < 0;
}
