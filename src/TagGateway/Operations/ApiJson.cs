using System.Text.Json.Serialization;
using TagGateway.Caching;

namespace TagGateway.Operations;

/// <summary>The answers of the administration API as JSON, generated at build time: no reflection under Native AOT.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PurgeResult))]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(IReadOnlyList<RewriteRecord>))]
internal sealed partial class ApiJson : JsonSerializerContext;
