using System.Collections.Frozen;
using System.Text.Json;

namespace TagGateway.Operations;

/// <summary>The words of an enum as metric labels: <c>BodyTooLarge</c> → <c>body_too_large</c>, made once.</summary>
internal static class LabelNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names =
        Enum.GetValues<TEnum>().Distinct().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    public static string Of(TEnum value) => Names.TryGetValue(value, out var name) ? name : "other";
}
