namespace TagGateway.Rewriting;

/// <summary>A function of a script, by its tokens.</summary>
/// <param name="Start">Its first token, which may be <c>function</c>, <c>async</c>, a bracket, a name.</param>
/// <param name="Parameters">The bracket that opens them, or the only one, without brackets.</param>
/// <param name="Body">Its first token: a brace, or of an expression the first.</param>
/// <param name="End">Behind its last one.</param>
internal readonly record struct ScriptFunction(int Start, int Parameters, int Body, int End)
{
    public bool Holds(int token) => Start <= token && token < End;
}
