using System.Text.Json.Serialization;
using TagGateway.Caching;
using TagGateway.Rewriting;

namespace TagGateway.Operations;

/// <summary>The answers of the administration API as JSON, generated at build time: no reflection under Native AOT.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(CamelCaseEnum<RewriteOutcome>), typeof(CamelCaseEnum<RewriteDoubt>)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PurgeResult))]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(IReadOnlyList<RewriteRecord>))]
internal sealed partial class ApiJson : JsonSerializerContext;
