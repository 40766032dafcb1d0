using TagGateway.Limits;

namespace TagGateway.Tests.Limits;

public sealed class LimitSettingsTests
{
    /// <summary>What the runtime grants of a container's memory: three quarters.</summary>
    [Theory]
    [InlineData(96)]
    [InlineData(192)]
    [InlineData(384)]
    [InlineData(48 * 1024)]
    public void Of_Defaults_FitTheMemory(long megaBytes)
    {
        var bytes = megaBytes * SomeLimits.MegaByte;

        var limits = SomeLimits.Settings(memoryBytes: bytes);

        Assert.InRange(limits.MemoryBytes, 4 * SomeLimits.MegaByte, bytes / 4);
        Assert.InRange(limits.MemoryBytes, 1, 1024 * SomeLimits.MegaByte);
        Assert.InRange(limits.Connections, 500, 10_000);
        Assert.InRange(limits.StreamsPerConnection, 24, 100);
        // What one client can have the server hold beyond the budget: streams whose short responses wait.
        Assert.InRange((long)limits.ConnectionsPerClient * limits.StreamsPerConnection * 14 * 1024, 1, Math.Max(bytes / 4, 32L * limits.StreamsPerConnection * 14 * 1024));
        Assert.InRange(limits.ConnectionsPerClient, 32, limits.Connections);
        Assert.InRange(limits.LargestBody, 700 * 1024, 16 * SomeLimits.MegaByte);
    }

    [Fact]
    public void Of_OperatorsValues_AreTaken()
    {
        var options = new LimitOptions { Connections = 300, ConnectionsPerClient = 20, MemoryBytes = 8 * SomeLimits.MegaByte, OriginConnections = 40, ProgressTimeout = TimeSpan.FromSeconds(7) };

        var limits = SomeLimits.Settings(options);

        Assert.Equal((300, 20, 8 * SomeLimits.MegaByte, 40, 4, TimeSpan.FromSeconds(7)), (limits.Connections, limits.ConnectionsPerClient, limits.MemoryBytes, limits.OriginConnections, limits.OriginConnectionsPerClient, limits.ProgressTimeout));
    }

    [Fact]
    public void Of_MoreConnectionsThanOpenFiles_AreCut()
    {
        var limits = SomeLimits.Settings(new LimitOptions { Connections = 1_000_000, OriginConnections = 100_000 }, memoryBytes: 1024L * 1024 * SomeLimits.MegaByte, origins: 3);

        Assert.InRange(limits.Connections, 1, OpenFiles.Connections);
        Assert.InRange(limits.OriginConnections, 1, Math.Max(4, OpenFiles.Origins / 3));
    }

    [Fact]
    public void OpenFiles_AllShares_LeaveARest() =>
        Assert.InRange(OpenFiles.Connections + OpenFiles.Origins + OpenFiles.Upstream + OpenFiles.StoredBodies, 1, OpenFiles.Limit - 64);
}
