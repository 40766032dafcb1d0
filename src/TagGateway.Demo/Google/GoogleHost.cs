using System.Text.RegularExpressions;

namespace TagGateway.Demo.Google;

/// <summary>One of Google's ordinary hosts, or a family of them, and what it serves.</summary>
/// <param name="Name">Of the whole host name, in lower case.</param>
/// <param name="CertificateNames">What a certificate must name so that a browser takes it for this host.</param>
internal sealed record GoogleHost(Regex Name, IReadOnlyList<string> CertificateNames, IReadOnlyList<GoogleEndpoint> Endpoints)
{
    /// <summary>A host of exactly this name.</summary>
    public static GoogleHost Of(string name, params IReadOnlyList<GoogleEndpoint> endpoints) => OfForm(Regex.Escape(name), [name], endpoints);

    /// <summary>All hosts whose name has this form, a regular expression.</summary>
    public static GoogleHost OfForm(string form, IReadOnlyList<string> certificateNames, params IReadOnlyList<GoogleEndpoint> endpoints) =>
        new(new Regex($"^(?:{form})$", RegexOptions.CultureInvariant), certificateNames, endpoints);
}
