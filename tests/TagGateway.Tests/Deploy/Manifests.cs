using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using TagGateway.Tests.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace TagGateway.Tests.Deploy;

/// <summary>Renders, reads and judges what lies in deploy/.</summary>
internal static class Manifests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Where tests/run.sh puts the tools it brings: <c>bin/kubectl</c>, <c>npm/node_modules</c>.</summary>
    private static readonly string Tools = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "taggateway");

    public static string PathOf(string name) => Path.Combine(TempFolder.Repository, "deploy", name);

    /// <summary>The objects of a Kustomize folder.</summary>
    public static IReadOnlyList<JsonNode> Render(string folder)
    {
        var own = Path.Combine(Tools, "bin", "kubectl");
        var (exitCode, output, errors) = Run(File.Exists(own) ? own : "kubectl", $"kustomize {PathOf(folder)}", "");
        Assert.True(exitCode == 0, errors);
        return Parse(output);
    }

    /// <summary>The documents of a YAML text, with YAML's own types: a quoted number stays text.</summary>
    public static IReadOnlyList<JsonNode> Parse(string yaml)
    {
        var reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var writer = new SerializerBuilder().JsonCompatible().Build();
        var parser = new Parser(new StringReader(yaml));
        var documents = new List<JsonNode>();
        for (parser.Consume<StreamStart>(); parser.Accept<DocumentStart>(out _);)
        {
            documents.Add(JsonNode.Parse(writer.Serialize(reader.Deserialize<object>(parser)))!);
        }

        return documents;
    }

    /// <summary>What the schemas of Kubernetes and the Gateway API have against them; empty: nothing.</summary>
    public static string Validate(IEnumerable<JsonNode> objects)
    {
        var script = Path.Combine(TempFolder.Repository, "tests", "TagGateway.Tests", "Deploy", "Validation", "validate.cjs");
        var json = new JsonArray([.. objects.Select(item => item.DeepClone())]).ToJsonString();
        var (exitCode, output, errors) = Run("node", script, json);
        Assert.True(exitCode is 0 or 1 && errors.Length == 0, $"The schemas could not be asked (tests/run.sh installs them): {errors}");
        return output;
    }

    private static (int ExitCode, string Output, string Errors) Run(string program, string arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment["NODE_PATH"] = Path.Combine(Tools, "npm", "node_modules");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
