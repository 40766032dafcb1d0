using TagGateway.Attacks.Connecting;
using TagGateway.Attacks.Google;
using TagGateway.Attacks.Measuring;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Attacks;

/// <summary>Whatever Google sends, and however often clients make it do so, the process stays within its budget and serves the others.</summary>
[Collection(nameof(AttackTests))]
public sealed class HostileGoogleTests
{
    private const int Loads = 60;
    private const string Budget = "\"memoryBytes\": 67108864";

    /// <summary>The budget, the cache of 16 MB, and garbage. Each load by itself may take 16 MB: without a budget all of them take a gigabyte.</summary>
    private const long MaxBytes = 256 * 1024 * 1024;
    private static readonly TimeSpan LoadPatience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(nameof(HostileKind.Large), "x")]
    [InlineData(nameof(HostileKind.Large), "gtm_debug")]
    [InlineData(nameof(HostileKind.Drip), "x")]
    [InlineData(nameof(HostileKind.Drip), "gtm_debug")]
    [InlineData(nameof(HostileKind.SlowHeaders), "x")]
    [InlineData(nameof(HostileKind.EndlessHeaders), "gtm_debug")]
    [InlineData(nameof(HostileKind.EndlessBody), "x")]
    [InlineData(nameof(HostileKind.GzipBomb), "x")]
    [InlineData(nameof(HostileKind.GzipBomb), "gtm_debug")]
    [InlineData(nameof(HostileKind.BrotliBomb), "x")]
    [InlineData(nameof(HostileKind.BrotliBomb), "gtm_debug")]
    public async Task Google_Hostile_TakesNoMoreThanTheBudget(string kind, string parameter)
    {
        await using var gateway = await AttackedGateway.StartAsync(Enum.Parse<HostileKind>(kind), Budget);
        var before = gateway.Memory.ResidentBytes;
        using var attacker = new RequestStream(gateway.Target(TargetScheme.Http), new RequestTemplate([$"{AttackedGateway.Script}&{parameter}={{n}}"]), keepsConnections: true);

        var loads = Task.WhenAll(Enumerable.Range(0, Loads).Select(number => attacker.SendAsync(number, LoadPatience)));
        await Eventually.HoldsAsync(() => gateway.Google.Hostile > 0, "Google was asked", LoadPatience);
        await gateway.AssertOthersServedAsync();
        await loads;

        Assert.InRange(gateway.Memory.PeakBytes - before, 0, MaxBytes);
        await Eventually.HoldsAsync(() => gateway.Google.Open == 0, "nothing more was taken of Google", LoadPatience);
        await gateway.AssertOthersServedAsync();
    }
}
