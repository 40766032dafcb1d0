using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>A certificate with its key and chain, ready for handshakes. Nobody disposes of it: one may be under way in any connection.</summary>
/// <param name="context">One for all handshakes: the platform keeps what it derives of it.</param>
/// <param name="stamp">Of both files, taken before they were read.</param>
internal sealed class TlsCertificate(SslStreamCertificateContext context, (FileStamp Certificate, FileStamp Key) stamp)
{
    public SslStreamCertificateContext Context => context;

    public (FileStamp Certificate, FileStamp Key) Stamp => stamp;

    /// <summary>The host names that it is good for, wildcards as <c>*.shop.example</c>; without any, its common name.</summary>
    public IReadOnlyList<string> Names { get; } = ReadNames(context.TargetCertificate);

    /// <summary>UTC.</summary>
    public DateTimeOffset NotAfter { get; } = new(context.TargetCertificate.NotAfter.ToUniversalTime());

    /// <summary>Null while it is good.</summary>
    public string? ValidityProblem(DateTimeOffset now)
    {
        var notBefore = new DateTimeOffset(context.TargetCertificate.NotBefore.ToUniversalTime());
        return now > NotAfter ? $"has expired on {NotAfter:yyyy-MM-dd}: browsers refuse it"
            : now < notBefore ? $"is good from {notBefore:yyyy-MM-dd} on only: browsers refuse it"
            : null;
    }

    private static List<string> ReadNames(X509Certificate2 certificate)
    {
        try
        {
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).ToList();
            return names.Count > 0 ? names : [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
        }
        catch (CryptographicException)
        {
            return []; // names that cannot be read are nobody's
        }
    }
}
