namespace TagGateway.Demo.Google;

/// <summary>One header line as it stood on the wire: the name in its own spelling, each value byte one Latin-1 character.</summary>
internal readonly record struct HeaderLine(string Name, string Value);
