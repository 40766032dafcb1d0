namespace TagGateway.Configuration;

/// <summary>Says in an operator's words why a file could not be opened.</summary>
internal static class FileProblem
{
    /// <summary>In words that follow the file's name; null when the exception is none of a file's.</summary>
    public static string? Describe(string path, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => Directory.Exists(path) ? "is a directory, not a file" : "may not be read: permission denied",
        IOException => $"cannot be read: {exception.Message}",
        _ => null,
    };
}
