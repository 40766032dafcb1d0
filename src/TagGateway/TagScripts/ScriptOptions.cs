using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.TagScripts;

/// <summary>How tag scripts are kept.</summary>
internal sealed class ScriptOptions
{
    [Description("Keep tag scripts, by region, so that they come at once and also when Google is ill. Default true; false: every one is fetched from Google anew.")]
    public bool Cache { get; set; } = true;

    [Description("How long a script is served before it is fetched again, unless Google says sooner (today 15 minutes). 10 seconds to 1 day; default 15 minutes.")]
    [DurationRange("00:00:10", "1.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMinutes(15);

    [Description("How long after that it is still served at once, while a newer one is fetched. 0 to 1 day; default 1 hour.")]
    [DurationRange("00:00:00", "1.00:00:00")]
    public TimeSpan StaleWhileRevalidate { get; set; } = TimeSpan.FromHours(1);

    [Description("How long after that it is still served when Google cannot be asked. 0 to 30 days; default 1 day.")]
    [DurationRange("00:00:00", "30.00:00:00")]
    public TimeSpan StaleIfError { get; set; } = TimeSpan.FromDays(1);
}
