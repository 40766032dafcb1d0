using System.Text.Json.Nodes;
using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

public sealed class ConfigurationSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(ConfigurationSchema.Create())!;
    private static readonly JsonNode Site = Schema["properties"]!["sites"]!["additionalProperties"]!["properties"]!;

    [Fact]
    public void Create_TheCommittedSchema_IsCurrent()
    {
        var committed = File.ReadAllText(Path.Combine(TempFolder.Repository, "config/taggateway.schema.json"));

        Assert.True(
            ConfigurationSchema.Create() == committed,
            "config/taggateway.schema.json is not current; renew it: dotnet run --project src/TagGateway -- schema > config/taggateway.schema.json");
    }

    [Fact]
    public void Create_Options_HaveTheirRules()
    {
        Assert.False(Schema["additionalProperties"]!.GetValue<bool>());
        Assert.False(Schema["properties"]!["sites"]!["additionalProperties"]!["additionalProperties"]!.GetValue<bool>());
        Assert.Equal("""["forward","truncate","hide"]""", Site["visitor"]!["properties"]!["ip"]!["enum"]!.ToJsonString());
        Assert.Equal(1024, Site["beacons"]!["properties"]!["maxBodyBytes"]!["minimum"]!.GetValue<int>());
        Assert.Equal(16777216, Site["beacons"]!["properties"]!["maxBodyBytes"]!["maximum"]!.GetValue<int>());
        Assert.Matches(Site["beacons"]!["properties"]!["timeout"]!["pattern"]!.GetValue<string>(), "00:00:10");
        Assert.Equal(1048576, Schema["properties"]!["cache"]!["properties"]!["memoryBytes"]!["minimum"]!.GetValue<int>());
        Assert.Equal(68719476736, Schema["properties"]!["cache"]!["properties"]!["memoryBytes"]!["maximum"]!.GetValue<long>());
        Assert.Matches(Site["scripts"]!["properties"]!["staleIfError"]!["pattern"]!.GetValue<string>(), "30.00:00:00");
        Assert.Equal("string", Schema["properties"]!["geo"]!["properties"]!["headers"]!["anyOf"]![0]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void Create_WhatIsNotAvailableYet_IsLeftOutOrLimited()
    {
        Assert.Null(Schema["properties"]!["spool"]);
        Assert.Equal("""["off"]""", Site["visitor"]!["properties"]!["consent"]!["enum"]!.ToJsonString());
        Assert.Equal("""["gateway","google"]""", Site["upstream"]!["enum"]!.ToJsonString());
    }

    [Fact]
    public void Create_EveryOptionThatIsFree_IsDescribed()
    {
        var undescribed = Properties(Schema, "").Where(option => option.Node["description"] is null && option.Node["enum"] is null).Select(option => option.Path);

        Assert.Empty(undescribed);
    }

    private static IEnumerable<(string Path, JsonNode Node)> Properties(JsonNode schema, string path) =>
        (schema["properties"]?.AsObject() ?? []).SelectMany(member => Properties(member.Value!, $"{path}.{member.Key}").Prepend(($"{path}.{member.Key}", member.Value!)))
            .Concat(schema["additionalProperties"] is JsonObject items ? Properties(items, $"{path}.*") : []);
}
