namespace TagGateway.Configuration;

/// <summary>Reads a file that an operator named, whatever it turns out to be.</summary>
internal static class FileBytes
{
    private const int MegaByte = 1024 * 1024;

    /// <summary>Never throws: on failure no bytes, and the problem in words that follow the file's name.</summary>
    /// <param name="path">Whatever the operator wrote.</param>
    /// <param name="maxBytes">Whole megabytes; more is a problem.</param>
    public static (byte[] Bytes, string? Problem) Read(string path, int maxBytes = 32 * MegaByte)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                content.Write(buffer, 0, read);
                if (content.Length > maxBytes)
                {
                    return ([], $"is larger than {maxBytes / MegaByte} MB");
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
