using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>Looks whether the two files of a pair have changed, and takes them when they are good.</summary>
internal sealed class CertificateWatch(CertificatePair pair, OperatorFiles files)
{
    private readonly SettledChange<(FileStamp Certificate, FileStamp Key)> _change = new();

    /// <summary>Why the files are not in force as they are now; null when they are.</summary>
    public CertificateReading? Problem { get; private set; }

    private (FileStamp Certificate, FileStamp Key) Stamp => (files.StampOf(pair.CertificatePath), files.StampOf(pair.KeyPath));

    /// <summary>Looks once: somebody may have written one of the two only.</summary>
    public ReloadOutcome Look()
    {
        var stamp = Stamp;
        if (stamp == pair.Certificate.Stamp)
        {
            Problem = null;
        }

        if (_change.Ask(stamp, pair.Certificate.Stamp) is { } outcome)
        {
            return outcome;
        }

        var reading = CertificateReading.Of(pair.CertificatePath, pair.KeyPath, files);
        return Stamp == stamp ? Judge(reading, stamp) : ReloadOutcome.Unsettled;
    }

    private ReloadOutcome Judge(CertificateReading reading, (FileStamp Certificate, FileStamp Key) stamp)
    {
        if (reading.Certificate is { } certificate)
        {
            pair.Certificate = certificate;
            Problem = null;
            _change.Forget();
            return ReloadOutcome.Accepted;
        }

        _change.Refuse(stamp, reading.IsSeen);
        Problem = reading;
        return ReloadOutcome.Refused;
    }
}
