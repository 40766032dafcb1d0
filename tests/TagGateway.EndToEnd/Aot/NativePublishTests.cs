using System.Diagnostics;
using System.Net;
using TagGateway.EndToEnd.TagScripts;

namespace TagGateway.EndToEnd.Aot;

/// <summary>The program compiles to native code without a warning, and what comes out is small and quick.</summary>
[Collection(NativeTests.Name)]
public sealed class NativePublishTests(ITestOutputHelper output)
{
    private const long MaxProgramBytes = 40_000_000;
    private const long CacheBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Publish_Native_WarnsOfNothingAndServes()
    {
        using var patience = new CancellationTokenSource(Patience);
        var folder = Directory.CreateTempSubdirectory("taggateway-native-").FullName;
        try
        {
            // Everything in a folder of its own: the tests that are running now were built in the usual ones.
            // No build servers: they would outlive the publish and hold its output open.
            var (exitCode, log) = await Tool.RunAsync(
                "dotnet",
                $"publish src/TagGateway -c Release --use-current-runtime -p:PublishAot=true --disable-build-servers --artifacts-path {folder}/artifacts -o {folder}/published",
                patience.Token);
            Assert.True(exitCode == 0, log);
            Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);

            var program = Path.Combine(folder, "published", "taggateway");
            await ServesAsync(program, patience.Token);
            await KeepsScriptsAsync(program, patience.Token);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task ServesAsync(string program, CancellationToken cancellation)
    {
        var size = new FileInfo(program).Length;
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        using var gateway = await NativeGateway.StartAsync(program, cancellation);
        using var answer = await client.GetAsync(gateway.Address + "/", cancellation);
        var started = watch.Elapsed;
        var resident = gateway.Memory.ResidentBytes;

        output.WriteLine($"native program: {size / 1e6:F1} MB, first answer after {started.TotalMilliseconds:F0} ms, {resident / 1e6:F1} MB resident");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.InRange(size, 1, MaxProgramBytes);
        Assert.Equal(0, await gateway.TerminateAsync(cancellation));
    }

    /// <summary>An operator who gives the cache so much gives the process 60 MB more.</summary>
    private async Task KeepsScriptsAsync(string program, CancellationToken cancellation)
    {
        await using var crowd = new RegionCrowd();
        using var gateway = await NativeGateway.StartAsync(program, cancellation, crowd.Environment(CacheBytes));

        await crowd.VisitAsync(gateway.Address);

        output.WriteLine($"{RegionCrowd.Regions} regions x {RegionCrowd.Names.Count} scripts of {crowd.EncodedBytes / 1e3:F0} KB in a cache of {CacheBytes / 1e6:F1} MB: {gateway.Memory.PeakBytes / 1e6:F1} MB resident at most");
        Assert.InRange(gateway.Memory.PeakBytes, 0, CacheBytes + 60_000_000);
        Assert.Equal(0, await gateway.TerminateAsync(cancellation));
    }
}
