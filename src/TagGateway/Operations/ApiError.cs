namespace TagGateway.Operations;

/// <summary>Why the administration API did not do what it was asked.</summary>
/// <param name="Error">One line that names the wrong thing.</param>
internal sealed record ApiError(string Error);
