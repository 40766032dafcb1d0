using System.Text;
using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

/// <summary>A path that blocks is a problem like any other: it costs one wait and one thread, and no other file.</summary>
public sealed class OperatorFilesTests : IDisposable
{
    private const string NoAnswer = "cannot be read: no answer for 0.5 s (a pipe that nothing writes to, or a mount that hangs?)";
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);
    private readonly TempFolder _folder = new();
    private readonly FileAttempts _attempts = new(Short);

    private OperatorFiles Files => new(_attempts, _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_File_GivesItWithItsStamp()
    {
        var (path, files) = (_folder.Write("a", "text"), SomeFiles.In());

        var content = files.Read(path);

        Assert.Equal(("text", null, FileStamp.Of(path), false), (Encoding.UTF8.GetString(content.Bytes), content.Problem, content.Stamp, content.IsPipe));
        Assert.False(files.HasHung);
    }

    [Fact]
    public void Read_PipeWithoutWriter_IsAProblemAndCostsOneThread()
    {
        var (path, files) = (Fifo.Create(_folder.At("pipe")), Files);

        var problems = Enumerable.Range(0, 20).Select(_ => files.Read(path).Problem).ToList();

        Assert.Equal([NoAnswer], problems.Distinct());
        Assert.True(files.HasHung);
        Assert.Equal(1, _attempts.Running);
    }

    [Fact]
    public void Read_PipeWithAWriter_GivesItAndIsTheSameAfterwards()
    {
        var (path, files) = (Fifo.Create(_folder.At("pipe")), SomeFiles.In());
        _ = Fifo.WriteAsync(path, "text");

        var content = files.Read(path);

        Assert.Equal(("text", null, true), (Encoding.UTF8.GetString(content.Bytes), content.Problem, content.IsPipe));
        Assert.Equal(files.StampOf(path), content.Stamp);
    }

    [Fact]
    public async Task Read_WriterComesLate_GivesItAtTheNextRead()
    {
        var path = Fifo.Create(_folder.At("pipe"));
        Assert.Equal(NoAnswer, Files.Read(path).Problem);

        await Fifo.WriteAsync(path, "late");

        await Until.HoldsAsync(() => Encoding.UTF8.GetString(Files.Read(path).Bytes) == "late", "what came late is read");
    }

    [Fact]
    public async Task Read_FileInPlaceOfAPipe_GivesTheFileThoughTheThreadIsLost()
    {
        var path = Fifo.Create(_folder.At("pipe"));
        Assert.Equal(NoAnswer, Files.Read(path).Problem);

        Fifo.ReplaceByFile(path, "text");

        await Until.HoldsAsync(() => Encoding.UTF8.GetString(Files.Read(path).Bytes) == "text", "the file is read");
        Assert.Equal(1, _attempts.Running);
    }

    [Fact]
    public async Task Read_OtherFileMeanwhile_GivesIt()
    {
        var (pipe, other) = (Fifo.Create(_folder.At("pipe")), _folder.Write("other", "text"));
        Assert.Equal(NoAnswer, Files.Read(pipe).Problem);

        await Until.HoldsAsync(() => Encoding.UTF8.GetString(Files.Read(other).Bytes) == "text", "the other is read");
        Assert.Equal(NoAnswer, Files.Read(pipe).Problem);
    }

    [Fact]
    public void Read_PipeReplacedByPipesAgainAndAgain_LosesNoMoreThanEightThreads()
    {
        var path = Fifo.Create(_folder.At("pipe"));

        for (var round = 1; round <= 20; round++)
        {
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddDays(round));
            Assert.Equal(NoAnswer, Files.Read(path).Problem);
        }

        Assert.Equal(8, _attempts.Running);
    }

    [Fact]
    public async Task TryRun_LateResultThatDoesNotServe_IsAskedForAgain()
    {
        using var gate = new ManualResetEventSlim();
        var asked = 0;
        Assert.False(Run(out _));

        gate.Set();

        await Until.HoldsAsync(() => Run(out var result) && result == 2, "it is asked for a second time");
        bool Run(out int result) => Files.TryRun(
            "path", null,
            () =>
            {
                var number = Interlocked.Increment(ref asked);
                gate.Wait();
                return number;
            },
            out result, out _);
    }

    [Fact]
    public void TryRun_WorkThatThrows_ThrowsIt() =>
        Assert.Throws<InvalidOperationException>(() => SomeFiles.In().TryRun<int>("path", null, () => throw new InvalidOperationException(), out _, out _));
}
