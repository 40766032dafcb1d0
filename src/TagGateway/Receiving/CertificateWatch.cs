using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>Looks whether the two files of a pair have changed, and takes them when they are good.</summary>
internal sealed class CertificateWatch(CertificatePair pair)
{
    private (FileStamp Certificate, FileStamp Key)? _suspect;
    private (FileStamp Certificate, FileStamp Key)? _refused;

    /// <summary>Why the files are not in force as they are now; null when they are.</summary>
    public CertificateReading? Problem { get; private set; }

    private (FileStamp Certificate, FileStamp Key) Stamp => (FileStamp.Of(pair.CertificatePath), FileStamp.Of(pair.KeyPath));

    /// <summary>A change is judged when it is still the same at the next look: until then somebody may be writing, or have written one of the two.</summary>
    public ReloadOutcome Look()
    {
        var stamp = Stamp;
        if (stamp == pair.Certificate.Stamp)
        {
            (_suspect, _refused, Problem) = (null, null, null);
            return ReloadOutcome.Unchanged;
        }

        if (stamp == _refused)
        {
            return ReloadOutcome.Unchanged;
        }

        if (stamp != _suspect)
        {
            _suspect = stamp;
            return ReloadOutcome.Unsettled;
        }

        var reading = CertificateReading.Of(pair.CertificatePath, pair.KeyPath);
        return Stamp == stamp ? Judge(reading, stamp) : ReloadOutcome.Unsettled;
    }

    private ReloadOutcome Judge(CertificateReading reading, (FileStamp Certificate, FileStamp Key) stamp)
    {
        if (reading.Certificate is { } certificate)
        {
            pair.Certificate = certificate;
            (_suspect, _refused, Problem) = (null, null, null);
            return ReloadOutcome.Accepted;
        }

        // What could not even be opened may become readable without a new stamp: it is tried again.
        _refused = reading.IsSeen ? stamp : null;
        Problem = reading;
        return ReloadOutcome.Refused;
    }
}
