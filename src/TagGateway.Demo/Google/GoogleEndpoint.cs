using System.Text.RegularExpressions;

namespace TagGateway.Demo.Google;

/// <summary>One kind of address on one of Google's ordinary hosts.</summary>
/// <param name="Path">Of the whole path, with its leading slash.</param>
internal sealed record GoogleEndpoint(Regex Path, RequestKind Kind, EndpointAnswer Answer)
{
    public GoogleEndpoint(string pathForm, RequestKind kind, EndpointAnswer answer)
        : this(new Regex($"^(?:{pathForm})$", RegexOptions.CultureInvariant), kind, answer)
    {
    }
}
