using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>TLS at the gateway itself.</summary>
internal sealed class TlsOptions
{
    [Description("The certificates, chosen by the name that the browser asks for (SNI): one that names it, else one with a wildcard for it, else the first. Of several for one name the first. Default none.")]
    public List<CertificateOptions> Certificates { get; set; } = [];

    [Description("true: every http:// address of urls answers 308 to https://, with the same host, path and query; requests that a trusted proxy received with https are served. Default false.")]
    public bool RedirectHttp { get; set; }

    [Description("The port of https:// as visitors reach it, where that is not the one of urls: 443 for a container whose 8443 is published as 443. Default the port in urls.")]
    [NumberRange(1, 65535)]
    public int? RedirectPort { get; set; }
}
