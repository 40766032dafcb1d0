using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Configuration;

/// <summary>Reads the files that an operator names, whatever they turn out to be: one that does not answer is a problem like any other, and stops nothing else.</summary>
/// <param name="attempts">The threads that read; shared, so that a path is not tried twice at a time.</param>
/// <param name="workingDirectory">What relative file names begin at; absolute.</param>
internal sealed class OperatorFiles(FileAttempts attempts, string workingDirectory)
{
    private const int MegaByte = 1024 * 1024;

    /// <summary>A large file may take so many times longer than the answer to its opening.</summary>
    private const int LargeFileFactor = 12;

    /// <summary>Whether any file has not answered since this object was made.</summary>
    public bool HasHung { get; private set; }

    /// <param name="name">A file name without a NUL.</param>
    public string FullPath(string name) => Path.GetFullPath(name, workingDirectory);

    /// <summary>True also for a path that does not answer.</summary>
    /// <param name="path">Absolute.</param>
    public bool MayExist(string path) => !TryRun(path, null, () => Path.Exists(path), out var exists, out _) || exists;

    /// <summary>Never throws: what cannot be looked at counts as no such file, what does not answer is <see cref="FileStamp.NoAnswer"/>.</summary>
    /// <param name="path">Absolute.</param>
    public FileStamp StampOf(string path) => TryRun(path, null, () => FileStamp.Of(path), out var stamp, out _) ? stamp : FileStamp.NoAnswer;

    /// <summary>Never throws: on failure no bytes, and the problem.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="maxBytes">Whole megabytes; more is a problem.</param>
    public FileContent Read(string path, int maxBytes = 32 * MegaByte)
    {
        var stamp = StampOf(path);
        // What a pipe gave too late is not given again.
        return stamp != FileStamp.NoAnswer
            && attempts.TryRun(path, stamp, attempts.Deadline, () => FileBytes.Read(path, maxBytes), late => late.IsPipe || late.Stamp == stamp, out var content)
            ? content
            : new FileContent([], NoAnswer(attempts.Deadline), stamp, false);
    }

    /// <summary>Runs one step of reading a file; false, with the problem, when it does not answer. What <paramref name="work"/> throws is thrown here.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="stamp">The file's stamp; null when that is what is asked for.</param>
    /// <param name="work">The step; its type of result tells it from other steps on the same path.</param>
    /// <param name="result">The result.</param>
    /// <param name="problem">In words that follow the file's name.</param>
    /// <param name="isLarge">Whether it reads what may be large.</param>
    public bool TryRun<T>(
        string path, FileStamp? stamp, Func<T> work, [MaybeNullWhen(false)] out T result, [NotNullWhen(false)] out string? problem, bool isLarge = false)
    {
        var deadline = isLarge ? attempts.Deadline * LargeFileFactor : attempts.Deadline;
        var hasAnswered = attempts.TryRun(path, stamp, deadline, work, _ => false, out result);
        problem = hasAnswered ? null : NoAnswer(deadline);
        return hasAnswered;
    }

    private string NoAnswer(TimeSpan deadline)
    {
        HasHung = true;
        return FileProblem.NoAnswer(deadline);
    }
}
