using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace TagGateway.Caching;

/// <summary>The gateway's names in Redis. Grammar: <c>taggateway:1:entry:HASH</c>, <c>taggateway:1:fill:HASH</c>, <c>taggateway:1:purges</c> and the channel
/// <c>taggateway:1:purge</c>; <c>HASH</c> = SHA-256 of the entry's key, 64 hexadecimal digits; <c>1</c> changes when gateways cannot share any more.</summary>
internal static class SharedKeys
{
    private const string Prefix = "taggateway:1:";

    /// <summary>A hash: scope → stamp.</summary>
    public static readonly RedisKey Purges = Prefix + "purges";

    /// <summary>A message there: look at <see cref="Purges"/>.</summary>
    public static readonly RedisChannel PurgeChannel = RedisChannel.Literal(Prefix + "purge");

    /// <summary>Of an entry, see <see cref="EntryFormat"/>.</summary>
    public static RedisKey Entry(EntryKey key) => Prefix + "entry:" + Hash(key);

    /// <summary>Held by the gateway that fetches the entry.</summary>
    public static RedisKey Fill(EntryKey key) => Prefix + "fill:" + Hash(key);

    private static string Hash(EntryKey key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())));
}
