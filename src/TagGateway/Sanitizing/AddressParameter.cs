using System.Net;

namespace TagGateway.Sanitizing;

/// <summary>Tells Google the visitor's address in a hit's query, as its own gateways do. All else of the query stays byte for byte.</summary>
internal static class AddressParameter
{
    /// <summary>Google's scripts leave <c>_uip=::</c> where their gateway is to put the address.</summary>
    private const string Placeholder = "_uip";

    /// <summary>The address in the placeholder's place, else behind the query's parameters; the query as it is where there is none, where it tells an address already, and
    /// where none is to be told.</summary>
    /// <param name="query">Raw, empty or beginning with '?'.</param>
    /// <param name="name">The endpoint's parameter for the address.</param>
    /// <param name="policy">The site's.</param>
    /// <param name="address">The visitor's; null when unknown.</param>
    public static string Apply(string query, string name, VisitorIp policy, IPAddress? address)
    {
        if (query.Length <= 1 || address is null || policy == VisitorIp.Hide)
        {
            return query;
        }

        var hasName = false;
        foreach (var range in query.AsSpan(1).Split('&'))
        {
            var parameter = query.AsSpan(1)[range];
            var equals = parameter.IndexOf('=');
            var key = equals < 0 ? parameter : parameter[..equals];
            if (equals >= 0 && key.SequenceEqual(Placeholder) && IsUnspecified(parameter[(equals + 1)..]))
            {
                var value = 1 + range.Start.Value + equals + 1;
                return string.Concat(query.AsSpan(0, value), Text(policy, address), query.AsSpan(1 + range.End.Value));
            }

            hasName |= key.SequenceEqual(name);
        }

        var at = EndOf(query);
        return hasName ? query : string.Concat(query.AsSpan(0, at), $"&{name}={Text(policy, address)}", query.AsSpan(at));
    }

    /// <summary>Behind all but a mark: <c>&amp;richsstsse</c>, by which tags of 2023 and later ask for an answer with instructions, is always their last.</summary>
    private static int EndOf(string query)
    {
        var last = query.LastIndexOf('&');
        return last > 0 && last < query.Length - 1 && query.IndexOf('=', last) < 0 ? last : query.Length;
    }

    /// <summary><c>::</c>, escaped or not.</summary>
    private static bool IsUnspecified(ReadOnlySpan<char> value) => value is "::" || value.Equals("%3A%3A", StringComparison.OrdinalIgnoreCase);

    private static string Text(VisitorIp policy, IPAddress address) =>
        Uri.EscapeDataString((policy == VisitorIp.Truncate ? AddressTruncation.Truncate(address) : new IPAddress(address.GetAddressBytes())).ToString());
}
