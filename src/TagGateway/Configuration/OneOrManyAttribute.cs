namespace TagGateway.Configuration;

/// <summary>Marks a list for which a single string may stand in the file.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOrManyAttribute : Attribute;
