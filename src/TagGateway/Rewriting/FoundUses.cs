namespace TagGateway.Rewriting;

/// <summary>What one search has found of each name so far; of one whose own search has not ended, nothing. So a script that calls itself in circles is searched once.</summary>
internal sealed class FoundUses
{
    /// <summary>Searches that are not a variable's, which has the number of its scope.</summary>
    public const int Paths = -1;
    public const int Members = -2;
    public const int Elements = -3;
    public const int Calls = -4;
    public const int Entries = -5;

    private readonly Dictionary<(int Name, int Search), ValueUse> _found = [];

    public void Clear() => _found.Clear();

    /// <summary>False when this was looked for before, or is being, or is no name: then what is known.</summary>
    public bool TryBegin(int name, int search, out ValueUse found) =>
        !_found.TryGetValue((name, search), out found) && name >= 0 && _found.TryAdd((name, search), ValueUse.None);

    public ValueUse End(int name, int search, ValueUse use) => _found[(name, search)] = use;
}
