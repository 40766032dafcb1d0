#:project ../src/TagGateway
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property AssemblyName=PageScan
using System.Buffers;
using System.Diagnostics;
using TagGateway.Html;

// How fast pages without a tag are looked through: `dotnet run -c Release load/PageScan.cs -- FILE...` (load/Page.cs makes them). Each page goes through a
// rewriter in reads of 64 KB, its output thrown away; median of rounds, one thread. "copy" is the same without the rewriter.
const int Chunk = 64 * 1024;
var plan = new PagePlan(new TagPlan(["G-RACE1"]) { Path = "/f807" }, ContentPolicies.None);
foreach (var file in args)
{
    var page = File.ReadAllBytes(file);
    Console.WriteLine($"{Path.GetFileName(file)} ({page.Length:N0} bytes): scan {Median(() => Scan(page)):F2} GB/s, copy {Median(() => Copy(page)):F2} GB/s");

    double Median(Action once)
    {
        for (var warmUp = Stopwatch.StartNew(); warmUp.ElapsedMilliseconds < 1500;)
        {
            once();
        }

        var rounds = Math.Max(200_000_000 / page.Length, 1);
        double[] speeds = [.. Enumerable.Range(0, 9).Select(_ =>
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < rounds; i++)
            {
                once();
            }

            return (double)rounds * page.Length / watch.Elapsed.TotalSeconds / 1e9;
        }).Order()];
        return speeds[4];
    }
}

void Scan(byte[] page)
{
    using var rewriter = new PageRewriter(plan);
    for (var at = 0; at < page.Length; at += Chunk)
    {
        rewriter.Write(page.AsSpan(at, Math.Min(Chunk, page.Length - at)), Nowhere.Instance);
    }

    rewriter.Complete([], Nowhere.Instance);
}

static void Copy(byte[] page)
{
    for (var at = 0; at < page.Length; at += Chunk)
    {
        Nowhere.Instance.Write(page.AsSpan(at, Math.Min(Chunk, page.Length - at)));
    }
}

internal sealed class Nowhere : IBufferWriter<byte>
{
    public static readonly Nowhere Instance = new();
    private readonly byte[] _memory = new byte[128 * 1024];

    public void Advance(int count)
    {
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _memory;

    public Span<byte> GetSpan(int sizeHint = 0) => _memory;
}
