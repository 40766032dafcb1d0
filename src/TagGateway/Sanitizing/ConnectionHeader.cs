using Microsoft.Extensions.Primitives;

namespace TagGateway.Sanitizing;

/// <summary>What a <c>Connection</c> header nominates: headers meant for this hop alone (RFC 9110 §7.6.1).</summary>
internal static class ConnectionHeader
{
    /// <summary>Null when it nominates nothing beyond the usual <c>close</c>, <c>keep-alive</c> and <c>Upgrade</c>.</summary>
    public static HashSet<string>? Nominated(StringValues connection)
    {
        HashSet<string>? names = null;
        foreach (var line in connection)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var name = line.AsSpan(range).Trim();
                if (name.Length == 0 || name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
                    || name.Equals("close", StringComparison.OrdinalIgnoreCase) || name.Equals("upgrade", StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                names ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                names.Add(name.ToString());
            }
        }

        return names;
    }
}
