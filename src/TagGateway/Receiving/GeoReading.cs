namespace TagGateway.Receiving;

/// <summary>What became of reading a geo database.</summary>
/// <param name="File">Null when there is a problem.</param>
/// <param name="Problem">In words that follow the file's name; null when there is none.</param>
/// <param name="IsSeen">Whether the file could be opened: what it holds is the problem, and will be until it changes.</param>
internal readonly record struct GeoReading(GeoFile? File, string? Problem, bool IsSeen);
