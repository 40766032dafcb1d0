using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.Operations;

/// <summary>What the gateway does when it is told to stop.</summary>
internal sealed class ShutdownOptions
{
    [Description("How long it serves on after SIGTERM: /readyz says 503 at once, and load balancers need a while to send visitors elsewhere. 00:00:00 to 00:10:00, default 00:00:05; 00:00:00 where nothing in front asks. Ctrl+C does not wait; a second signal ends the gateway at once.")]
    [DurationRange("00:00:00", "00:10:00")]
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(5);

    [Description("How long requests on their way may then still take; WebSockets and event streams end with it. 00:00:01 to 01:00:00, default 00:00:20: with the delay less than the 30 s that Kubernetes waits. Docker waits 10 s: give it more (docker stop --timeout, stop_grace_period) where answers may be slow. The gateway does not wait when nothing is on its way.")]
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
