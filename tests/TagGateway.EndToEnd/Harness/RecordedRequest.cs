using System.Text;

namespace TagGateway.EndToEnd.Harness;

/// <summary>A request exactly as it came over the wire.</summary>
internal sealed record RecordedRequest(string Head, byte[] Body, bool IsWhole)
{
    public string RequestLine => Head[..Head.IndexOf("\r\n", StringComparison.Ordinal)];

    public string Method => RequestLine.Split(' ')[0];

    public string Target => RequestLine.Split(' ')[1];

    public string Text => Encoding.Latin1.GetString(Body);

    /// <summary>Names and values in their order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers =>
        [.. Head.Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim()))];

    public IReadOnlyList<string> All(string name) =>
        [.. Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    /// <summary>The header's only value; null when it is not there.</summary>
    public string? Header(string name) => All(name) is { Count: > 0 } values ? Assert.Single(values) : null;
}
