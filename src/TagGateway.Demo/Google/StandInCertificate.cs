using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TagGateway.Demo.Google;

/// <summary>A certificate for <c>*.fps.goog</c> and every ordinary host of Google, and the authority that signed it, both made in memory and worth nothing elsewhere.</summary>
internal sealed class StandInCertificate : IDisposable
{
    private StandInCertificate(string authorityPem, X509Certificate2 server) => (AuthorityPem, Server) = (authorityPem, server);

    /// <summary>The authority's certificate (no key) for <c>SSL_CERT_FILE</c> and the like.</summary>
    public string AuthorityPem { get; }

    public X509Certificate2 Server { get; }

    /// <summary>SHA-256 of the server's public key in base64, as Chromium's <c>--ignore-certificate-errors-spki-list</c> wants it.</summary>
    public string Pin => Convert.ToBase64String(SHA256.HashData(Server.PublicKey.ExportSubjectPublicKeyInfo()));

    public static StandInCertificate Create(TimeProvider time)
    {
        var (from, to) = (time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddDays(30));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Test authority of the stand-in for Google", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, false));
        using var authority = authorityRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=*.fps.goog", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in (string[])["*.fps.goog", "fps.goog", .. GoogleHosts.CertificateNames])
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using var signed = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(16));
        using var withKey = signed.CopyWithPrivateKey(key);

        // Through PKCS #12 because TLS on some systems refuses a key that lives in memory only.
        var server = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        return new(authority.ExportCertificatePem(), server);
    }

    public void Dispose() => Server.Dispose();
}
