using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Configuration;

/// <summary>Runs work on files with a deadline, each piece on a thread of its own. A path that blocks (a pipe that nothing writes to, a mount that
/// hangs) costs one thread and one wait; until that thread returns, it is reported at once as not answering.</summary>
/// <param name="deadline">The longest wait for one piece of work; null: <see cref="DefaultDeadline"/>.</param>
internal sealed class FileAttempts(TimeSpan? deadline = null)
{
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(5);

    /// <summary>A path that was replaced is tried again though its last thread is lost, but not for ever.</summary>
    private const int MaxThreadsPerPath = 8;

    private readonly Lock _sync = new();
    private readonly List<FileAttempt> _running = [];

    public TimeSpan Deadline { get; } = deadline ?? DefaultDeadline;

    /// <summary>How many threads work or are lost.</summary>
    public int Running
    {
        get
        {
            lock (_sync)
            {
                return _running.Count(attempt => !attempt.HasEnded);
            }
        }
    }

    /// <summary>False when <paramref name="work"/>, or the same work before it, has not ended in time; what it throws is thrown here.</summary>
    /// <param name="path">The file that it is about.</param>
    /// <param name="version">The file's stamp; null when that is what is asked for.</param>
    /// <param name="deadline">The longest wait for it.</param>
    /// <param name="work">The work; its type of result tells it from other work on the same path.</param>
    /// <param name="mayBeLate">Whether the result of an earlier call, which came after its deadline, serves as well.</param>
    /// <param name="result">The result.</param>
    public bool TryRun<T>(string path, FileStamp? version, TimeSpan deadline, Func<T> work, Predicate<T> mayBeLate, [MaybeNullWhen(false)] out T result)
    {
        if (TryTakeLate(path, out result) && mayBeLate(result))
        {
            return true;
        }

        if (FindOrStart(path, version, deadline, work) is not { } attempt || !attempt.TryWait())
        {
            result = default;
            return false;
        }

        lock (_sync)
        {
            _running.Remove(attempt);
        }

        result = attempt.TakeResult();
        return true;
    }

    private bool TryTakeLate<T>(string path, [MaybeNullWhen(false)] out T result)
    {
        FileAttempt<T>? late;
        lock (_sync)
        {
            var ended = Of<T>(path).Where(attempt => attempt.HasEnded).ToList();
            _running.RemoveAll(ended.Contains);
            late = ended.LastOrDefault();
        }

        result = late is null ? default : late.TakeResult();
        return late is not null;
    }

    /// <summary>Null when too many threads are lost to the path already.</summary>
    private FileAttempt<T>? FindOrStart<T>(string path, FileStamp? version, TimeSpan deadline, Func<T> work)
    {
        FileAttempt<T> attempt;
        lock (_sync)
        {
            if (Of<T>(path).FirstOrDefault(attempt => attempt.Version == version) is { } running)
            {
                return running;
            }

            if (_running.Count(running => running.Path == path && !running.HasEnded) >= MaxThreadsPerPath)
            {
                return null;
            }

            attempt = new FileAttempt<T>(path, version, deadline, work);
            _running.Add(attempt);
        }

        attempt.Start();
        return attempt;
    }

    private IEnumerable<FileAttempt<T>> Of<T>(string path) => _running.OfType<FileAttempt<T>>().Where(attempt => attempt.Path == path);
}
