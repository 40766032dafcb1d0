using System.Text;

namespace TagGateway.EndToEnd.Harness;

/// <summary>A response exactly as it came over the wire.</summary>
/// <param name="Status">0 when there was none.</param>
internal sealed record RawResponse(int Status, string Head, byte[] Body, bool IsWhole)
{
    public static readonly RawResponse None = new(0, "", [], false);

    public string Text => Encoding.Latin1.GetString(Body);

    public IReadOnlyList<string> All(string name) =>
        [.. Head.Split("\r\n").Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim())];

    /// <summary>The header's only value; null when it is not there.</summary>
    public string? Header(string name) => All(name) is { Count: > 0 } values ? Assert.Single(values) : null;
}
