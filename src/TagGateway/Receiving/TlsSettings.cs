using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>How visitors are served with TLS, and whether those without it are sent there.</summary>
/// <param name="Certificates">At least one.</param>
/// <param name="RedirectHttp">Requests without TLS are answered with a redirect.</param>
/// <param name="RedirectPort">Null: the port that is listened on.</param>
internal sealed record TlsSettings(TlsCertificates Certificates, bool RedirectHttp, int? RedirectPort)
{
    /// <summary>Null when there is no certificate, or when <paramref name="errors"/> tells what is wrong.</summary>
    /// <param name="options">What the operator wrote.</param>
    /// <param name="files">Reads the certificates and keys.</param>
    /// <param name="inForce">Its files are not read again: a broken one must not keep another change of the configuration from its effect.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static TlsSettings? Parse(TlsOptions options, OperatorFiles files, TlsSettings? inForce, ConfigurationErrors errors)
    {
        var open = inForce?.Certificates.Pairs ?? [];
        var pairs = new List<CertificatePair>(options.Certificates.Count);
        for (var i = 0; i < options.Certificates.Count; i++)
        {
            var at = KeyPath.Index(TlsCertificates.Key, i);
            var certificate = ParsePath(options.Certificates[i].Certificate, $"{at}.certificate", files, errors);
            var key = ParsePath(options.Certificates[i].Key, $"{at}.key", files, errors);
            if (certificate is not null && key is not null
                && CertificatePair.Open(certificate, key, open, files, at, errors) is { } pair)
            {
                pairs.Add(pair);
            }
        }

        return pairs.Count == 0 ? null : new TlsSettings(new TlsCertificates(pairs), options.RedirectHttp, options.RedirectPort);
    }

    private static string? ParsePath(string path, string at, OperatorFiles files, ConfigurationErrors errors)
    {
        if (path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal))
        {
            return files.FullPath(path);
        }

        errors.Add(at, path.Length == 0 ? "is missing: name a PEM file" : "is not the name of a file");
        return null;
    }
}
