using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TagGateway.Tests.Receiving;

/// <summary>A certificate and its key as an operator gets them: PEM.</summary>
/// <param name="Certificate">With its issuers but the root, the site's own first.</param>
/// <param name="Key">PKCS#8.</param>
internal sealed record SomeCertificate(string Certificate, string Key)
{
    /// <summary>Identifies the certificate when it comes back in a handshake.</summary>
    public string Thumbprint
    {
        get
        {
            using var own = X509Certificate2.CreateFromPem(Certificate);
            return own.Thumbprint;
        }
    }

    /// <summary>Signed by itself, good from yesterday on.</summary>
    public static SomeCertificate Create(params string[] names) => Create(TimeSpan.FromDays(30), isRsa: false, names);

    /// <param name="remaining">Until it expires.</param>
    /// <param name="isRsa">Else EC.</param>
    /// <param name="names">That it is good for.</param>
    public static SomeCertificate Create(TimeSpan remaining, bool isRsa, params string[] names)
    {
        using var rsa = isRsa ? RSA.Create(2048) : null;
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = rsa is null
            ? new CertificateRequest($"CN={names[0]}", ec, HashAlgorithmName.SHA256)
            : new CertificateRequest($"CN={names[0]}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(NamesOf(names));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-40), now.Add(remaining));
        return new SomeCertificate(certificate.ExportCertificatePem() + "\n", (rsa ?? (AsymmetricAlgorithm)ec).ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>Signed by an intermediate authority that stands in the file behind it.</summary>
    /// <param name="root">What a browser would trust; PEM.</param>
    /// <param name="names">That it is good for.</param>
    public static SomeCertificate CreateChained(out string root, params string[] names)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rootCertificate = Authority("Root", rootKey).CreateSelfSigned(now.AddDays(-9), now.AddDays(60));
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleAlone = Authority("Middle", middleKey).Create(rootCertificate, now.AddDays(-8), now.AddDays(50), [1, 2, 3]);
        using var middle = middleAlone.CopyWithPrivateKey(middleKey);
        using var ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", ownKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(NamesOf(names));
        using var own = request.Create(middle, now.AddDays(-7), now.AddDays(40), [4, 5, 6]);
        root = rootCertificate.ExportCertificatePem();
        return new SomeCertificate($"{own.ExportCertificatePem()}\n{middle.ExportCertificatePem()}\n", ownKey.ExportPkcs8PrivateKeyPem() + "\n");
    }

    public void Write(string certificatePath, string keyPath)
    {
        File.WriteAllText(certificatePath, Certificate);
        File.WriteAllText(keyPath, Key);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static X509Extension NamesOf(string[] names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        return alternatives.Build();
    }
}
