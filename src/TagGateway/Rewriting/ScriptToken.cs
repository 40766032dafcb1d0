namespace TagGateway.Rewriting;

/// <summary>One token of a script.</summary>
/// <param name="Start">Of its first character.</param>
/// <param name="End">Behind its last one.</param>
/// <param name="Partner">The token that closes this bracket, or opened it; -1: no bracket.</param>
/// <param name="Parent">The bracket that it stands in, which opens; -1: none. Both brackets of a pair stand in the same.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsDisguised">A string whose characters are escapes that spell a host of Google.</param>
internal readonly record struct ScriptToken(int Start, int End, int Partner, int Parent, ScriptTokenKind Kind, bool IsDisguised);
