using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>What became of reading a certificate and its key.</summary>
/// <param name="Certificate">Null when there is a problem.</param>
/// <param name="CertificateProblem">In words, the file's name before them; null when there is none.</param>
/// <param name="KeyProblem">Likewise.</param>
/// <param name="IsSeen">Whether both files could be read: what they hold is the problem, and will be until they change.</param>
internal sealed record CertificateReading(TlsCertificate? Certificate, string? CertificateProblem, string? KeyProblem, bool IsSeen)
{
    private const string CertificateMark = "-----BEGIN CERTIFICATE-----";
    private const string Dashes = "-----";
    private const string KeyMark = "PRIVATE KEY-----";

    /// <summary>Never throws: what is missing, damaged, encrypted or does not fit is a problem.</summary>
    /// <param name="certificatePath">Absolute.</param>
    /// <param name="keyPath">Absolute.</param>
    /// <param name="files">Reads them.</param>
    public static CertificateReading Of(string certificatePath, string keyPath, OperatorFiles files)
    {
        var (certificateFile, keyFile) = (files.Read(certificatePath), files.Read(keyPath));
        var (certificateProblem, keyProblem) = (certificateFile.Problem, keyFile.Problem);
        var isSeen = certificateProblem is null && keyProblem is null;
        var (certificateText, keyText) = (Encoding.Latin1.GetString(certificateFile.Bytes), Encoding.Latin1.GetString(keyFile.Bytes));
        var chain = new X509Certificate2Collection();
        certificateProblem ??= ReadChain(certificateText, chain);
        keyProblem ??= FindKeyProblem(keyText);
        TlsCertificate? certificate = null;
        if (certificateProblem is null && keyProblem is null)
        {
            keyProblem = Join(chain, certificateText, keyText, certificatePath, (certificateFile.Stamp, keyFile.Stamp), out certificate);
        }

        return new CertificateReading(
            certificate,
            certificateProblem is null ? null : $"{certificatePath}: {certificateProblem}",
            keyProblem is null ? null : $"{keyPath}: {keyProblem}",
            isSeen);
    }

    /// <summary>With their places in the configuration; empty when all is well.</summary>
    /// <param name="at">The pair's own: <c>tls.certificates[0]</c>.</param>
    public IEnumerable<ConfigurationError> ErrorsAt(string at)
    {
        if (CertificateProblem is { } certificate)
        {
            yield return new ConfigurationError($"{at}.certificate", certificate);
        }

        if (KeyProblem is { } key)
        {
            yield return new ConfigurationError($"{at}.key", key);
        }
    }

    private static string? ReadChain(string text, X509Certificate2Collection chain)
    {
        if (!text.Contains(CertificateMark, StringComparison.Ordinal))
        {
            return $"holds no certificate: a PEM file is needed, with {CertificateMark}";
        }

        try
        {
            chain.ImportFromPem(text);
            return IsWhole(text) && chain.Count > 0 ? null : "is cut short or damaged: a certificate in it has no end";
        }
        catch (CryptographicException)
        {
            return "holds a certificate that is damaged";
        }
    }

    /// <summary>Whether every block has its end. The platform passes over one that has none, and a chain would be sent without it.</summary>
    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        while (PemEncoding.TryFind(text, out var block))
        {
            if (text[..block.Location.Start].Contains(Dashes, StringComparison.Ordinal))
            {
                return false;
            }

            text = text[block.Location.End..];
        }

        return !text.Contains(Dashes, StringComparison.Ordinal);
    }

    private static string? FindKeyProblem(string text)
    {
        if (!text.Contains(KeyMark, StringComparison.Ordinal))
        {
            return $"holds no private key: a PEM file is needed, with -----BEGIN {KeyMark}";
        }

        if (text.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            return "is encrypted, and the gateway has no password for it: write the key without one (openssl pkey -in FILE -out FILE)";
        }

        return IsWhole(text) ? null : "is cut short or damaged: the key in it has no end";
    }

    /// <summary>Null, or what is wrong with the key.</summary>
    private static string? Join(
        X509Certificate2Collection chain, string certificateText, string keyText, string certificatePath, (FileStamp, FileStamp) stamp, out TlsCertificate? certificate)
    {
        certificate = null;
        try
        {
            using var bare = X509Certificate2.CreateFromPem(certificateText, keyText);
            // Windows' TLS needs a key that is stored.
            var own = OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null) : new X509Certificate2(bare);
            chain.RemoveAt(0);
            // Offline: nobody is asked for what is missing in the chain, nor for revocation.
            certificate = new TlsCertificate(SslStreamCertificateContext.Create(own, chain, offline: true), stamp);
            return null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return IsKey(RSA.Create(), keyText) || IsKey(ECDsa.Create(), keyText)
                ? $"is not the key of the first certificate in {certificatePath}"
                : "holds no RSA or EC key, or a damaged one";
        }
        catch (NotSupportedException)
        {
            return "is of a kind that is not served: RSA and EC keys are";
        }
    }

    private static bool IsKey(AsymmetricAlgorithm key, string text)
    {
        using (key)
        {
            try
            {
                key.ImportFromPem(text);
                return true;
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException)
            {
                return false;
            }
        }
    }
}
