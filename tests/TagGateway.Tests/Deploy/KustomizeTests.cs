using System.Text.Json;
using System.Text.Json.Nodes;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Deploy;

/// <summary>deploy/kustomize: what is rendered is what Kubernetes accepts, what the gateway can read, and no more than it needs.</summary>
public sealed class KustomizeTests
{
    public static TheoryData<string> Folders => ["kustomize/base", "kustomize/edge", "kustomize/sidecar"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Render_EveryFolder_KeepsToTheSchemas(string folder)
    {
        var objects = Manifests.Render(folder);

        Assert.Equal("", Manifests.Validate(objects));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Render_EveryFolder_EmbedsAConfigurationThatLoads(string folder)
    {
        var config = Only(Manifests.Render(folder), "ConfigMap");
        using var temp = new TempFolder();

        var loaded = temp.LoadFile((string)config["data"]!["taggateway.json"]!, ("TAGGATEWAY_ADMIN__URL", "http://*:8081"));

        Assert.Empty(loaded.Errors);
        Assert.Empty(loaded.Warnings);
        Assert.Equal("taggateway", (string)config["metadata"]!["name"]!);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Render_EveryFolder_RunsTheGatewayWithoutPrivileges(string folder)
    {
        var pod = Only(Manifests.Render(folder), "Deployment")["spec"]!["template"]!["spec"]!;
        var container = Gateway(pod);
        var security = container["securityContext"]!;

        Assert.True((bool)(security["runAsNonRoot"] ?? pod["securityContext"]!["runAsNonRoot"])!);
        Assert.Equal(1654, (int)(security["runAsUser"] ?? pod["securityContext"]!["runAsUser"])!);
        Assert.Equal("RuntimeDefault", (string)(security["seccompProfile"] ?? pod["securityContext"]!["seccompProfile"])!["type"]!);
        Assert.True((bool)security["readOnlyRootFilesystem"]!);
        Assert.False((bool)security["allowPrivilegeEscalation"]!);
        Assert.Equal("""["ALL"]""", security["capabilities"]!["drop"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Render_EveryFolder_ProbesTheAdministrationAndMountsTheConfigurationWhole(string folder)
    {
        var pod = Only(Manifests.Render(folder), "Deployment")["spec"]!["template"]!["spec"]!;
        var container = Gateway(pod);

        Assert.Equal("/livez", (string)container["livenessProbe"]!["httpGet"]!["path"]!);
        Assert.Equal("/readyz", (string)container["readinessProbe"]!["httpGet"]!["path"]!);
        Assert.Equal(8081, PortOf(container, container["livenessProbe"]!["httpGet"]!["port"]!));
        Assert.Equal(8081, PortOf(container, container["readinessProbe"]!["httpGet"]!["port"]!));
        var mount = Assert.Single(container["volumeMounts"]!.AsArray())!;
        Assert.Equal("/app/config", (string)mount["mountPath"]!);
        Assert.Null(mount["subPath"]);
        var volume = pod["volumes"]!.AsArray().Single(volume => (string)volume!["name"]! == (string)mount["name"]!)!;
        Assert.Equal("taggateway", (string)volume["configMap"]!["name"]!);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Render_EveryFolder_GivesTheGatewayTheTimeThatItsEndTakes(string folder)
    {
        const int KubernetesOwn = 30;
        var objects = Manifests.Render(folder);
        var pod = Only(objects, "Deployment")["spec"]!["template"]!["spec"]!;
        using var temp = new TempFolder();

        var shutdown = temp.LoadFile((string)Only(objects, "ConfigMap")["data"]!["taggateway.json"]!).Options.Shutdown;

        Assert.True((shutdown.Delay + shutdown.Timeout).TotalSeconds < ((int?)pod["terminationGracePeriodSeconds"] ?? KubernetesOwn));
        Assert.Null(Gateway(pod)["lifecycle"]);
        Assert.Equal(folder != "kustomize/sidecar", shutdown.Delay > TimeSpan.Zero);
    }

    [Fact]
    public void Edge_WholeHost_ComesToTheGatewayAndFromThereToTheWebsite()
    {
        var objects = Manifests.Render("kustomize/edge");
        var service = Only(objects, "Service");
        var route = Only(objects, "HTTPRoute")["spec"]!;
        var rule = Assert.Single(route["rules"]!.AsArray())!;
        using var temp = new TempFolder();

        var site = temp.LoadFile((string)Only(objects, "ConfigMap")["data"]!["taggateway.json"]!).Options.Sites.Values.Single();

        Assert.Equal("/", (string)rule["matches"]![0]!["path"]!["value"]!);
        Assert.Null(rule["filters"]);
        Assert.Equal((string)service["metadata"]!["name"]!, (string)rule["backendRefs"]![0]!["name"]!);
        Assert.Equal((int)service["spec"]!["ports"]![0]!["port"]!, (int)rule["backendRefs"]![0]!["port"]!);
        Assert.Equal(site.Hosts, route["hostnames"]!.AsArray().Select(host => (string)host!));
        Assert.NotNull(site.Origin);
    }

    [Fact]
    public void Sidecar_Service_LeadsToTheGatewayWhichStartsFirst()
    {
        var objects = Manifests.Render("kustomize/sidecar");
        var pod = Only(objects, "Deployment")["spec"]!["template"]!["spec"]!;
        var website = Assert.Single(pod["containers"]!.AsArray())!;
        using var temp = new TempFolder();

        var site = temp.LoadFile((string)Only(objects, "ConfigMap")["data"]!["taggateway.json"]!).Options.Sites.Values.Single();

        Assert.Equal("Always", (string)Gateway(pod)["restartPolicy"]!);
        Assert.Equal(8080, (int)Only(objects, "Service")["spec"]!["ports"]![0]!["targetPort"]!);
        Assert.Equal($"http://127.0.0.1:{(int)website["ports"]![0]!["containerPort"]!}", site.Origin);
    }

    [Theory]
    [InlineData("port: 80", "port: eighty", "must be integer")]
    [InlineData("appProtocol:", "appProtokol:", "spec.ports.0.appProtokol: unknown field")]
    public void Validate_AMistake_IsNamed(string right, string wrong, string expected)
    {
        var yaml = File.ReadAllText(Manifests.PathOf("kustomize/base/service.yaml"));

        var mistakes = Manifests.Validate(Manifests.Parse(yaml.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(expected, mistakes, StringComparison.Ordinal);
    }

    private static JsonNode Only(IEnumerable<JsonNode> objects, string kind) => objects.Single(item => (string)item["kind"]! == kind);

    private static JsonNode Gateway(JsonNode pod) => Containers(pod, "initContainers").Concat(Containers(pod, "containers"))
        .Single(container => (string)container["name"]! == "taggateway");

    private static IEnumerable<JsonNode> Containers(JsonNode pod, string key) => (pod[key]?.AsArray() ?? []).Select(container => container!);

    private static int PortOf(JsonNode container, JsonNode port) => port.GetValueKind() == JsonValueKind.Number
        ? (int)port
        : (int)container["ports"]!.AsArray().Single(candidate => (string?)candidate!["name"] == (string)port!)!["containerPort"]!;
}
