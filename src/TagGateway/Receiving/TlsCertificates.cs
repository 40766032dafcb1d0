namespace TagGateway.Receiving;

/// <summary>What <c>tls.certificates</c> names.</summary>
internal sealed class TlsCertificates
{
    /// <summary>Where it stands in the configuration.</summary>
    public const string Key = "tls.certificates";

    private volatile CertificateTable _table;

    /// <param name="pairs">At least one, in the operator's order.</param>
    public TlsCertificates(IReadOnlyList<CertificatePair> pairs)
    {
        Pairs = pairs;
        _table = CreateTable();
    }

    public IReadOnlyList<CertificatePair> Pairs { get; }

    /// <summary>When the first of them expires.</summary>
    public DateTimeOffset NotAfter => Pairs.Min(pair => pair.Certificate.NotAfter);

    /// <param name="serverName">Null or empty without SNI.</param>
    public TlsCertificate Find(string? serverName) => _table.Find(serverName);

    /// <summary>A pair has another certificate now.</summary>
    public void Refresh() => _table = CreateTable();

    private CertificateTable CreateTable() => new([.. Pairs.Select(pair => pair.Certificate)]);
}
