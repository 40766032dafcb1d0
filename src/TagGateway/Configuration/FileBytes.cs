namespace TagGateway.Configuration;

/// <summary>Reads a file whole; blocks as long as the file does (see <see cref="OperatorFiles"/>).</summary>
internal static class FileBytes
{
    private const int MegaByte = 1024 * 1024;

    /// <summary>Never throws: on failure no bytes, and the problem.</summary>
    /// <param name="path">Whatever the operator wrote, absolute.</param>
    /// <param name="maxBytes">Whole megabytes; more is a problem.</param>
    public static FileContent Read(string path, int maxBytes)
    {
        var stamp = FileStamp.Of(path);
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
                    return new FileContent([], $"is larger than {maxBytes / MegaByte} MB", stamp, !stream.CanSeek);
                }
            }

            return new FileContent(content.ToArray(), null, stream.CanSeek ? stamp : FileStamp.Of(path), !stream.CanSeek);
        }
        catch (Exception e) when (FileProblem.Describe(path, e) is { } problem)
        {
            return new FileContent([], problem, stamp, false);
        }
    }
}
