namespace TagGateway.Rewriting;

/// <summary>How the search for a value's uses came to a place.</summary>
/// <param name="Depth">Steps from the literal.</param>
/// <param name="Entered">The body of the function that it was handed to, plus one; 0: none.</param>
internal readonly record struct ValueWay(int Depth, int Entered)
{
    public const int MaxDepth = 40;

    /// <summary>From a read that may be of another object's member no further than to what takes it.</summary>
    private const int LastSteps = 2;

    public bool IsTooLong => Depth > MaxDepth;

    /// <summary>Not handed to a function.</summary>
    public bool IsNear => Entered == 0;

    public ValueWay Further() => this with { Depth = Depth + 1 };

    public ValueWay ToEnd() => this with { Depth = Math.Max(Depth, MaxDepth - LastSteps) };

    public ValueWay Into(ScriptFunction function) => this with { Entered = function.Body + 1 };

    public bool IsInside(ScriptFunction function) => Entered == function.Body + 1;
}
