namespace TagGateway.Caching;

/// <summary>An entry as <see cref="EntryFormat"/> holds it.</summary>
/// <param name="Head">All but body and age.</param>
/// <param name="Body">A part of the bytes that were read, not a copy.</param>
/// <param name="Age">When it was written.</param>
/// <param name="TimeToLive">What Redis was told to keep it: what has gone of it since is how much older it is.</param>
internal sealed record SharedEntry(EntryHead Head, ReadOnlyMemory<byte> Body, TimeSpan Age, TimeSpan TimeToLive);
