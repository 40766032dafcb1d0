using System.Globalization;

namespace TagGateway.Configuration;

/// <summary>Says in an operator's words why a file could not be opened.</summary>
internal static class FileProblem
{
    /// <summary>In words that follow the file's name.</summary>
    /// <param name="deadline">How long the file was waited for.</param>
    public static string NoAnswer(TimeSpan deadline) =>
        string.Create(CultureInfo.InvariantCulture, $"cannot be read: no answer for {deadline.TotalSeconds:0.###} s (a pipe that nothing writes to, or a mount that hangs?)");

    /// <summary>In words that follow the file's name; null when the exception is none of a file's.</summary>
    public static string? Describe(string path, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => Directory.Exists(path) ? "is a directory, not a file" : "may not be read: permission denied",
        IOException => $"cannot be read: {exception.Message}",
        _ => null,
    };
}
