namespace TagGateway.Demo.Google;

/// <summary>Reads names and values out of a raw query string or hit body line without ever changing it.</summary>
internal static class RawQuery
{
    /// <summary>The pairs in order, decoded once; a name without '=' has the value "".</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(string query)
    {
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? new(Decode(pair), "")
                : new(Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
        }
    }

    /// <summary>The first value of <paramref name="name"/>, or null when the query does not have it.</summary>
    public static string? Find(string query, string name)
    {
        foreach (var pair in Pairs(query))
        {
            if (pair.Key == name)
            {
                return pair.Value;
            }
        }

        return null;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
