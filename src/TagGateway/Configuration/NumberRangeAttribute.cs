namespace TagGateway.Configuration;

/// <summary>The allowed range of a whole number, both ends included.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NumberRangeAttribute(long minimum, long maximum) : Attribute
{
    public long Minimum { get; } = minimum;

    public long Maximum { get; } = maximum;
}
