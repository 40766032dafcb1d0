namespace TagGateway.Configuration;

/// <summary>Marks a key whose capability is not built yet: using it is an error rather than a silent nothing.</summary>
/// <param name="allowed">The JSON values that are already true today, such as <c>"false"</c> or <c>"\"leave\""</c>; none: any use is an error.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotYetAttribute(params string[] allowed) : Attribute
{
    public IReadOnlyList<string> Allowed { get; } = allowed;
}
