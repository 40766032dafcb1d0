using System.Security.Cryptography;
using TagGateway.Receiving;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Receiving;

/// <summary>What a pair of PEM files may hold, and what is said of any other.</summary>
public sealed class CertificateReadingTests : IDisposable
{
    private static readonly SomeCertificate Good = SomeCertificate.Create("shop.example", "*.shop.example");
    private static readonly SomeCertificate Chained = SomeCertificate.CreateChained(out _, "shop.example");
    private readonly TempFolder _folder = new();

    private string CertificatePath => _folder.At("tls.crt");

    private string KeyPath => _folder.At("tls.key");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_CertificateAndItsKey_AreTaken(bool isRsa)
    {
        var pair = SomeCertificate.Create(TimeSpan.FromDays(3), isRsa, "shop.example", "*.shop.example");

        var certificate = Read(pair.Certificate, pair.Key).Certificate;

        Assert.NotNull(certificate);
        Assert.Equal(["shop.example", "*.shop.example"], certificate.Names);
        Assert.Equal(pair.Thumbprint, certificate.Context.TargetCertificate.Thumbprint);
        Assert.True(certificate.Context.TargetCertificate.HasPrivateKey);
    }

    [Fact]
    public void Of_IntermediateCertificates_AreSentWithIt()
    {
        var certificate = Read(Chained.Certificate, Chained.Key).Certificate;

        Assert.Equal("CN=Middle", Assert.Single(certificate!.Context.IntermediateCertificates).Subject);
    }

    [Fact]
    public void Of_OneFileForBothAndOpenSslsParametersBeforeTheKey_IsTaken()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ec.ImportFromPem(Good.Key);
        var parameters = PemEncoding.WriteString("EC PARAMETERS", [6, 8, 42, 134, 72, 206, 61, 3, 1, 7]);
        File.WriteAllText(CertificatePath, $"{Good.Certificate}{parameters}\n{ec.ExportECPrivateKeyPem()}\n");

        var reading = CertificateReading.Of(CertificatePath, CertificatePath, SomeFiles.In());

        Assert.Equal(Good.Thumbprint, reading.Certificate?.Context.TargetCertificate.Thumbprint);
    }

    public static TheoryData<string, string, string> BadCertificates => new()
    {
        { "", Good.Key, "holds no certificate" },
        { "garbage", Good.Key, "holds no certificate" },
        { Good.Key, Good.Key, "holds no certificate" },
        { Good.Certificate[..^40], Good.Key, "is cut short or damaged" },
        { Chained.Certificate[..^40], Chained.Key, "is cut short or damaged" },
        { "-----BEGIN CERTIFICATE-----\nTm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n", Good.Key, "holds a certificate that is damaged" },
    };

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public void Of_BadCertificate_IsAProblemOfThatFile(string certificate, string key, string problem)
    {
        var reading = Read(certificate, key);

        Assert.Null(reading.Certificate);
        Assert.StartsWith($"{CertificatePath}: {problem}", reading.CertificateProblem, StringComparison.Ordinal);
        Assert.Null(reading.KeyProblem);
        Assert.True(reading.IsSeen);
    }

    public static TheoryData<string, string> BadKeys => new()
    {
        { "", "holds no private key" },
        { Good.Certificate, "holds no private key" },
        { Good.Key[..^20], "is cut short or damaged" },
        { "-----BEGIN PRIVATE KEY-----\nTm8ga2V5\n-----END PRIVATE KEY-----\n", "holds no RSA or EC key, or a damaged one" },
        { SomeCertificate.Create("shop.example").Key, "is not the key of the first certificate in " },
        { SomeCertificate.Create(TimeSpan.FromDays(1), true, "shop.example").Key, "is not the key of the first certificate in " },
        { Encrypted(), "is encrypted" },
        { "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nTm8ga2V5\n-----END EC PRIVATE KEY-----\n", "is encrypted" },
    };

    [Theory]
    [MemberData(nameof(BadKeys))]
    public void Of_BadKey_IsAProblemOfThatFile(string key, string problem)
    {
        var reading = Read(Good.Certificate, key);

        Assert.Null(reading.Certificate);
        Assert.StartsWith($"{KeyPath}: {problem}", reading.KeyProblem, StringComparison.Ordinal);
        Assert.Null(reading.CertificateProblem);
        Assert.True(reading.IsSeen);
    }

    [Fact]
    public void Of_FilesThatAreNotThere_IsAProblemOfEach()
    {
        Directory.CreateDirectory(KeyPath);

        var reading = CertificateReading.Of(CertificatePath, KeyPath, SomeFiles.In());

        Assert.Equal(
            [$"tls.certificates[2].certificate: {CertificatePath}: there is no such file", $"tls.certificates[2].key: {KeyPath}: is a directory, not a file"],
            reading.ErrorsAt("tls.certificates[2]").Select(error => error.ToString()));
        Assert.False(reading.IsSeen);
    }

    [Fact]
    public void Of_CutAtEveryPlace_IsNeverTakenButWhole()
    {
        // Between two certificates nobody can tell.
        var between = Chained.Certificate.LastIndexOf("-----BEGIN", StringComparison.Ordinal);
        for (var length = 0; length < Chained.Certificate.TrimEnd().Length; length += 3)
        {
            var isBetween = length >= between - 1 && length < between + "-----".Length;
            Assert.Equal(isBetween, Read(Chained.Certificate[..length], Chained.Key).Certificate is not null);
        }

        for (var length = 0; length < Chained.Key.TrimEnd().Length; length++)
        {
            Assert.Null(Read(Chained.Certificate, Chained.Key[..length]).Certificate);
        }

        Assert.NotNull(Read(Chained.Certificate, Chained.Key).Certificate);
    }

    private static string Encrypted()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ec.ExportEncryptedPkcs8PrivateKeyPem("password", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
    }

    private CertificateReading Read(string certificate, string key)
    {
        new SomeCertificate(certificate, key).Write(CertificatePath, KeyPath);
        return CertificateReading.Of(CertificatePath, KeyPath, SomeFiles.In());
    }
}
