namespace TagGateway.Configuration;

/// <summary>Reads a file that an operator named, whatever it turns out to be.</summary>
internal static class FileBytes
{
    private const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>Never throws: on failure no bytes, and the problem in words that follow the file's name.</summary>
    public static (byte[] Bytes, string? Problem) Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                content.Write(buffer, 0, read);
                if (content.Length > MaxBytes)
                {
                    return ([], $"is larger than {MaxBytes / 1024 / 1024} MB: that is no configuration");
                }
            }

            return (content.ToArray(), null);
        }
        catch (Exception e) when (FileProblem.Describe(path, e) is { } problem)
        {
            return ([], problem);
        }
    }
}
