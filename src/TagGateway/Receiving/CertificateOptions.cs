using System.ComponentModel;

namespace TagGateway.Receiving;

/// <summary>A certificate and its key. Replaced files, also by Kubernetes' swapped links, are taken into use within seconds; a broken pair changes nothing.</summary>
internal sealed class CertificateOptions
{
    [Description("A PEM file: the certificate, then the intermediate ones, which are sent with it. A relative path begins at the working directory; a replaced file is taken into use within seconds, a broken one changes nothing and is named by /readyz.")]
    public string Certificate { get; set; } = "";

    [Description("A PEM file: the certificate's RSA or EC key, not encrypted. May be the same file.")]
    public string Key { get; set; } = "";
}
