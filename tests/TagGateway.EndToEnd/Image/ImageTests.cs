using TagGateway.EndToEnd.Aot;

namespace TagGateway.EndToEnd.Image;

/// <summary>The Dockerfile's image, built and run as a careful operator runs it (tests/image.sh).</summary>
[Collection(NativeTests.Name)]
public sealed class ImageTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Image_UnprivilegedOnAReadOnlyRoot_ServesAndIsHealthy()
    {
        using var patience = new CancellationTokenSource(Patience);

        var (exitCode, log) = await Tool.RunAsync("bash", "tests/image.sh", patience.Token);

        output.WriteLine(log);
        Assert.True(exitCode == 0, log);
        Assert.Contains("image: uid 1654, no capabilities, read-only root, no shell\n", log, StringComparison.Ordinal);
        Assert.Contains("image: unknown path 404\n", log, StringComparison.Ordinal);
        Assert.Contains("\nimage: ok ", log, StringComparison.Ordinal);
    }
}
