namespace TagGateway.Upstream;

/// <summary>How a script is asked for. What one visitor can make any number of must not stand in the way of what all need: each form has its own
/// circuit, and its own share of the fetches at once.</summary>
internal enum FetchForm
{
    /// <summary>A tag and nothing else, spelled as pages spell it: there are few of these.</summary>
    Plain,

    /// <summary>With parameters that tags use themselves, or hidden in a token.</summary>
    Ordinary,

    /// <summary>Anything else.</summary>
    Odd,
}
