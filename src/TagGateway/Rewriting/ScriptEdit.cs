namespace TagGateway.Rewriting;

/// <summary>One change of a script's text.</summary>
/// <param name="Start">The first character that goes.</param>
/// <param name="End">Behind the last one; equal to <paramref name="Start"/> where something is only put in.</param>
/// <param name="Text">What comes in its place: characters below 0x100, with the holes of <see cref="ScriptTemplate"/>.</param>
internal readonly record struct ScriptEdit(int Start, int End, string Text);
