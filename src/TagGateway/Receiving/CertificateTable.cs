using System.Collections.Frozen;
using System.Globalization;

namespace TagGateway.Receiving;

/// <summary>Finds the certificate of a server name in constant time: one that names it, else one with a wildcard one label up, else the first. Immutable.</summary>
internal sealed class CertificateTable
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };
    private readonly FrozenDictionary<string, TlsCertificate> _byName;
    private readonly TlsCertificate _first;

    /// <param name="certificates">At least one; the first that has a name keeps it.</param>
    public CertificateTable(IReadOnlyList<TlsCertificate> certificates)
    {
        _first = certificates[0];
        var byName = new Dictionary<string, TlsCertificate>(StringComparer.OrdinalIgnoreCase);
        foreach (var certificate in certificates)
        {
            foreach (var name in certificate.Names)
            {
                byName.TryAdd(name, certificate);
            }
        }

        _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="serverName">As the handshake gives it: null or empty without SNI; international names decoded.</param>
    public TlsCertificate Find(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName))
        {
            return _first;
        }

        var name = Encode(serverName.EndsWith('.') ? serverName[..^1] : serverName);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return _byName.TryGetValue(name, out var certificate) || (dot > 0 && _byName.TryGetValue("*" + name[dot..], out certificate))
            ? certificate
            : _first;
    }

    /// <summary>As certificates spell it; the platform decodes <c>xn--</c> of what the browser sent.</summary>
    private static string Encode(string name)
    {
        try
        {
            return name.All(char.IsAscii) ? name : Idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name; // no host name: nobody's
        }
    }
}
