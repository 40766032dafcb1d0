namespace TagGateway.Configuration;

/// <summary>What came of reading a file whole.</summary>
/// <param name="Bytes">Empty when there is a problem.</param>
/// <param name="Problem">In words that follow the file's name; null when there is none.</param>
/// <param name="Stamp">The stamp of what was read: from before the reading; of a pipe, which changes by being written to, from after it.</param>
/// <param name="IsPipe">Whether it gives its content only once.</param>
internal readonly record struct FileContent(byte[] Bytes, string? Problem, FileStamp Stamp, bool IsPipe);
