using System.Text.Json;
using System.Text.Json.Serialization;

namespace TagGateway.Operations;

/// <summary>Values of an enum in the spelling of all other words of the API: <c>hostLeft</c>.</summary>
internal sealed class CamelCaseEnum<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase)
    where TEnum : struct, Enum;
