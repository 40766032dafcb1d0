namespace TagGateway.Configuration;

/// <summary>Marks a key whose value no message may quote, nor what stands where a file's name was expected; a file for it must hold something.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
