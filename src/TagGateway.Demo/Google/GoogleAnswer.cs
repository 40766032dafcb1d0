using System.Text;

namespace TagGateway.Demo.Google;

/// <summary>One whole answer of the stand-in before any fault is laid over it.</summary>
/// <remarks>Headers go in the order given, a name as often as it stands there; without <c>Content-Length</c>, which the body gives.</remarks>
internal sealed record GoogleAnswer(int Status, IReadOnlyList<HeaderLine> Headers, ReadOnlyMemory<byte> Body)
{
    public static GoogleAnswer Text(int status, string text) =>
        new(status, [new("Content-Type", "text/plain; charset=UTF-8")], Encoding.UTF8.GetBytes(text));

    /// <summary>The same answer with <paramref name="more"/> headers at the end.</summary>
    public GoogleAnswer With(IEnumerable<HeaderLine> more) => this with { Headers = [.. Headers, .. more] };
}
