using System.Text.Json;
using System.Text.Json.Serialization;

namespace TagGateway.Configuration;

/// <summary>The configuration's JSON contract, generated at build time: no reflection under Native AOT.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    UseStringEnumConverter = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(GatewayOptions))]
internal sealed partial class GatewayJson : JsonSerializerContext;
