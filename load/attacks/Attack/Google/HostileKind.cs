namespace TagGateway.Attacks.Google;

/// <summary>What an upstream does to whoever asks it for an odd script.</summary>
internal enum HostileKind
{
    /// <summary>Nothing: serves it.</summary>
    Sound,

    /// <summary>Sends a script of the largest size that is still taken.</summary>
    Large,

    /// <summary>Sends most of a large script at once, and the rest a byte a second.</summary>
    Drip,

    /// <summary>Sends header fields a second apart, without end.</summary>
    SlowHeaders,

    /// <summary>Sends header fields as fast as they are taken, without end.</summary>
    EndlessHeaders,

    /// <summary>Sends a body as fast as it is taken, without end.</summary>
    EndlessBody,

    /// <summary>Sends 10 MB that are 10 GB when gzip has been undone.</summary>
    GzipBomb,

    /// <summary>Sends a kilobyte that is a gigabyte when br has been undone.</summary>
    BrotliBomb,
}
