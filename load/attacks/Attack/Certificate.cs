using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TagGateway.Attacks;

/// <summary>Makes a certificate for a server under test, which nobody has to trust.</summary>
internal static class Certificate
{
    /// <summary>Writes <c>tls.crt</c> and <c>tls.key</c> into the folder.</summary>
    public static void Write(string folder, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=www.shop.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("www.shop.example");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddDays(30));
        File.WriteAllText(Path.Combine(folder, "tls.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
