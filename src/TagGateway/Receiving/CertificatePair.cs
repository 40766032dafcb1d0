using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>Two files that belong together, and what of them is in force: the same object as long as both settings stay.</summary>
/// <param name="certificatePath">Absolute.</param>
/// <param name="keyPath">Absolute; may be the same.</param>
/// <param name="certificate">What they hold first.</param>
internal sealed class CertificatePair(string certificatePath, string keyPath, TlsCertificate certificate)
{
    private volatile TlsCertificate _certificate = certificate;

    public string CertificatePath => certificatePath;

    public string KeyPath => keyPath;

    /// <summary>Replaced whole.</summary>
    public TlsCertificate Certificate
    {
        get => _certificate;
        set => _certificate = value;
    }

    /// <summary>Null when <paramref name="errors"/> tells what is wrong with the files.</summary>
    /// <param name="certificatePath">Absolute.</param>
    /// <param name="keyPath">Absolute.</param>
    /// <param name="open">Those in force: one of them is taken as it is.</param>
    /// <param name="files">Reads the others.</param>
    /// <param name="at">Where the pair stands in the configuration.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static CertificatePair? Open(string certificatePath, string keyPath, IReadOnlyList<CertificatePair> open, OperatorFiles files, string at, ConfigurationErrors errors)
    {
        var same = open.FirstOrDefault(pair => pair.CertificatePath == certificatePath && pair.KeyPath == keyPath);
        if (same is not null)
        {
            return same;
        }

        var reading = CertificateReading.Of(certificatePath, keyPath, files);
        foreach (var error in reading.ErrorsAt(at))
        {
            errors.Add(error.Path, error.Message);
        }

        return reading.Certificate is { } certificate ? new CertificatePair(certificatePath, keyPath, certificate) : null;
    }
}
