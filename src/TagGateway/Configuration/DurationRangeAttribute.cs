using System.Globalization;

namespace TagGateway.Configuration;

/// <summary>The allowed range of a duration, both ends included, as <c>[d.]hh:mm:ss</c>.
/// Our own: <c>[Range(typeof(TimeSpan), …)]</c> is not AOT-clean (IL2026).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationRangeAttribute(string minimum, string maximum) : Attribute
{
    public TimeSpan Minimum { get; } = TimeSpan.ParseExact(minimum, "c", CultureInfo.InvariantCulture);

    public TimeSpan Maximum { get; } = TimeSpan.ParseExact(maximum, "c", CultureInfo.InvariantCulture);
}
