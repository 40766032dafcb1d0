using System.Globalization;

namespace TagGateway.Attacks.Connecting;

/// <summary>What is asked for, each time a little different: <c>{n}</c> stands for the request's number, <c>{region}</c> for one of 676 regions of the
/// United States that do not exist.</summary>
/// <param name="paths">In turn; each with its query.</param>
/// <param name="headers">As <c>Name: value</c>.</param>
internal sealed class RequestTemplate(IReadOnlyList<string> paths, params IReadOnlyList<string> headers)
{
    public string Path(long number) => Fill(paths[(int)(number % paths.Count)], number);

    public IEnumerable<(string Name, string Value)> Headers(long number) =>
        from header in headers
        let colon = header.IndexOf(':', StringComparison.Ordinal)
        select (header[..colon], Fill(header[(colon + 1)..].Trim(), number));

    public static string Fill(string text, long number) => text
        .Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{region}", $"US-{(char)('A' + (number / 26 % 26))}{(char)('A' + (number % 26))}", StringComparison.Ordinal);
}
