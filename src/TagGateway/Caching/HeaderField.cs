namespace TagGateway.Caching;

/// <summary>One header line of an answer, its value as it came (Latin-1).</summary>
internal readonly record struct HeaderField(string Name, string Value);
