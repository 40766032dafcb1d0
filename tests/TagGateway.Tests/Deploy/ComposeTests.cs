using System.Text.Json.Nodes;
using TagGateway.Operations;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Deploy;

/// <summary>deploy/compose.yaml: the gateway runs as hardened as in Kubernetes and reads its configuration.</summary>
public sealed class ComposeTests
{
    private static readonly JsonNode Services = Manifests.Parse(File.ReadAllText(Manifests.PathOf("compose.yaml"))).Single()["services"]!;
    private static readonly JsonNode Gateway = Services["gateway"]!;

    [Fact]
    public void Gateway_HasNoPrivileges()
    {
        Assert.True((bool)Gateway["read_only"]!);
        Assert.Equal("""["ALL"]""", Gateway["cap_drop"]!.ToJsonString());
        Assert.Equal("""["no-new-privileges:true"]""", Gateway["security_opt"]!.ToJsonString());
        Assert.Null(Gateway["privileged"]);
    }

    [Fact]
    public void Gateway_IsBuiltAndProbedAsTheDockerfileSays()
    {
        var build = Path.GetFullPath(Path.Combine(TempFolder.Repository, "deploy", (string)Gateway["build"]!));
        var dockerfile = File.ReadAllText(Path.Combine(build, "Dockerfile"));
        var probe = string.Join(", ", Gateway["healthcheck"]!["test"]!.AsArray().Skip(1).Select(word => $"\"{word}\""));

        Assert.Contains($" CMD [{probe}]", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Gateway_HasTheTimeThatItsEndTakes()
    {
        var shutdown = new ShutdownOptions();

        Assert.True(int.Parse(((string)Gateway["stop_grace_period"]!).TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture) > (shutdown.Delay + shutdown.Timeout).TotalSeconds);
    }

    [Fact]
    public void Gateway_Configuration_LoadsAndLeadsToTheWebsite()
    {
        var mount = ((string)Assert.Single(Gateway["volumes"]!.AsArray())!).Split(':');
        using var temp = new TempFolder();

        var loaded = temp.LoadFile(File.ReadAllText(Manifests.PathOf(Path.Combine(mount[0], "taggateway.json"))));

        Assert.Equal(["/app/config", "ro"], mount[1..]);
        Assert.Empty(loaded.Errors);
        Assert.NotNull(Services[new Uri(loaded.Options.Sites.Values.Single().Origin!).Host]);
    }
}
