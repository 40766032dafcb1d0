namespace TagGateway.EndToEnd.Receiving;

/// <summary>Hostile requests on a raw socket: at most one sound request leaves for each, nothing breaks, and the next visitor is served.</summary>
public sealed class HostileRequestTests(HostileGateway gateway) : IClassFixture<HostileGateway>
{
    internal static readonly HostileRequest[] All =
        [.. LengthAttacks.All, .. CodingAttacks.All, .. ChunkAttacks.All, .. HeaderAttacks.All, .. HostAttacks.All, .. TargetAttacks.All, .. ProtocolAttacks.All];

    public static TheoryData<string> OnPath => [.. All.Select(attack => attack.Name)];

    public static TheoryData<string> OnSite => [.. All.Where(attack => attack.IsForBoth).Select(attack => attack.Name)];

    [Theory]
    [MemberData(nameof(OnPath))]
    public Task Gateway_HostileRequestToTheMeasurementPath_WithstandsIt(string name)
    {
        var attack = Assert.Single(All, attack => attack.Name == name);

        return gateway.AssertWithstandsAsync(attack, HostileGateway.OnPath, attack.OnPath);
    }

    [Theory]
    [MemberData(nameof(OnSite))]
    public Task Gateway_HostileRequestToTheWebsite_WithstandsIt(string name)
    {
        var attack = Assert.Single(All, attack => attack.Name == name);

        return gateway.AssertWithstandsAsync(attack, HostileGateway.OnSite, attack.OnSite ?? attack.OnPath);
    }

    [Fact]
    public void Attacks_Counted_AreManyAndNamedOnce()
    {
        Assert.True(All.Length >= 80, $"{All.Length}");
        Assert.Equal(All.Length, All.Select(attack => attack.Name).Distinct().Count());
    }
}
