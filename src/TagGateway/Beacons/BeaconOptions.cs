using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.Beacons;

/// <summary>How measurement hits are forwarded.</summary>
internal sealed class BeaconOptions
{
    [Description("The largest body of a hit, in bytes; a larger one is answered 413. 1024 to 16777216; default 262144.")]
    [NumberRange(1024, 16 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 256 * 1024;

    [Description("How long Google may take to begin its answer, and then to make any progress. 1 s to 2 min; default 00:00:10.")]
    [DurationRange("00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    [Description("false: a hit that Google does not take is counted and dropped.")]
    [NotYet("false")]
    public bool Spool { get; set; }
}
