using System.Runtime.InteropServices;

namespace TagGateway.Tests.Configuration;

/// <summary>Makes named pipes: whoever opens one waits until somebody opens its other end.</summary>
internal static class Fifo
{
    private const uint OwnerReadsAndWrites = 0x180; // 0600

    public static string Create(string path)
    {
        Assert.Equal(0, Make(path, OwnerReadsAndWrites));
        return path;
    }

    /// <summary>Puts a pipe in the place of a file, at once.</summary>
    public static void Replace(string path)
    {
        Create(path + ".pipe");
        File.Move(path + ".pipe", path, overwrite: true);
    }

    /// <summary>Puts a file in the place of a pipe, at once: writing to the path would write to the pipe.</summary>
    public static void ReplaceByFile(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Writes to the pipe once; ends when a reader has taken it.</summary>
    public static Task WriteAsync(string path, string text) => Task.Factory.StartNew(
        () =>
        {
            using var pipe = new StreamWriter(new FileStream(path, FileMode.Open, FileAccess.Write));
            pipe.Write(text);
        },
        TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [DllImport("libc", EntryPoint = "mkfifo", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Make(string path, uint mode);
}
