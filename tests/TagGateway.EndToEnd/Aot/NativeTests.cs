namespace TagGateway.EndToEnd.Aot;

/// <summary>Tests that compile natively: one after the other and after all others, since two cores are not enough for both.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NativeTests
{
    public const string Name = "Native";
}
