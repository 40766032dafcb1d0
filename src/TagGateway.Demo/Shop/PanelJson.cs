using System.Text.Json;
using System.Text.Json.Serialization;

namespace TagGateway.Demo.Shop;

/// <summary>The live panel's JSON, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PanelHit))]
[JsonSerializable(typeof(IReadOnlyList<PanelPair>))]
internal sealed partial class PanelJson : JsonSerializerContext;
