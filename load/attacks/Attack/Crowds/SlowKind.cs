namespace TagGateway.Attacks.Crowds;

/// <summary>Which part of a request is sent slowly.</summary>
internal enum SlowKind
{
    /// <summary>Header fields, one after the other, without end.</summary>
    Headers,

    /// <summary>The body, a byte at a time.</summary>
    Upload,
}
