using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.Limits;

/// <summary>A token bucket: a steady rate, and how much may come at once.</summary>
internal sealed class RequestRateOptions
{
    [Description("The steady rate. 1 to 100000; default 50.")]
    [NumberRange(1, 100_000)]
    public int PerSecond { get; set; } = 50;

    [Description("How many may come at once. 1 to 1000000; default 200.")]
    [NumberRange(1, 1_000_000)]
    public int Burst { get; set; } = 200;
}
