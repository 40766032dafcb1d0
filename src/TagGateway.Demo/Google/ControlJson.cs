using System.Text.Json;
using System.Text.Json.Serialization;

namespace TagGateway.Demo.Google;

/// <summary>The control API's JSON, generated at build time: there is no reflection in a native program.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<RecordedRequest>))]
[JsonSerializable(typeof(IReadOnlyList<Fault>))]
[JsonSerializable(typeof(GoogleScenario))]
internal sealed partial class ControlJson : JsonSerializerContext;
