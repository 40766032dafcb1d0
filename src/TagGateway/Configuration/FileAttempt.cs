using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace TagGateway.Configuration;

/// <summary>One piece of work on a file, on a background thread that is lost when the file never answers.</summary>
/// <param name="path">The file's path.</param>
/// <param name="version">The stamp that the file had before, so that a replaced file is tried anew; null when it is the stamp that is asked for.</param>
/// <param name="deadline">The longest wait for the end, from the start on.</param>
internal abstract class FileAttempt(string path, FileStamp? version, TimeSpan deadline)
{
    /// <summary>Enough for reading a geo database, and little address space when many are lost.</summary>
    private const int StackBytes = 512 * 1024;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource _ended = new();

    public string Path => path;

    public FileStamp? Version => version;

    public bool HasEnded => _ended.Task.IsCompleted;

    // The wait is for a device, not for a decision of the gateway: real time, whatever clock the gateway has.
    private TimeSpan Remaining => deadline - Stopwatch.GetElapsedTime(_started);

    public void Start() => new Thread(RunToEnd, StackBytes) { IsBackground = true, Name = "file" }.Start();

    /// <summary>Waits until the deadline; false, at once when it has passed already, if the work has not ended.</summary>
    public bool TryWait() => _ended.Task.Wait(Remaining > TimeSpan.Zero ? Remaining : TimeSpan.Zero);

    /// <summary>Does the work; never throws.</summary>
    protected abstract void Run();

    private void RunToEnd()
    {
        Run();
        _ended.SetResult();
    }
}

/// <summary>A piece of work with a result.</summary>
/// <param name="path">The file's path.</param>
/// <param name="version">The stamp that the file had before; null when it is the stamp that is asked for.</param>
/// <param name="deadline">The longest wait for the end, from the start on.</param>
/// <param name="work">The work; it may block for good.</param>
internal sealed class FileAttempt<T>(string path, FileStamp? version, TimeSpan deadline, Func<T> work) : FileAttempt(path, version, deadline)
{
    private T? _result;
    private ExceptionDispatchInfo? _fault;

    /// <summary>What the work gave or threw; only after its end.</summary>
    public T TakeResult()
    {
        _fault?.Throw();
        return _result!; // the work has ended without a fault
    }

    protected override void Run()
    {
        try
        {
            _result = work();
        }
        catch (Exception e)
        {
            _fault = ExceptionDispatchInfo.Capture(e);
        }
    }
}
