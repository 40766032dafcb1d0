using System.Globalization;
using StackExchange.Redis;

namespace TagGateway.Caching;

/// <summary>The purges that all gateways on one Redis know: a hash, scope → stamp. Redis gives the stamps, so that the gateways' clocks do not count.</summary>
internal sealed class SharedPurges(RedisLink link)
{
    /// <summary>Reads all, and adds on the way. What is not ours is removed: a key of another type, more fields than sites have tags, a stamp
    /// that is no number or more than a day ahead of the clock. Every gateway is told when something was added.</summary>
    private const string Script = """
        -- KEYS: the hash. ARGV: the channel, 'new' or 'known', and pairs of scope and stamp.
        -- new: a purge that gets a stamp greater than any; known: one that has its stamp, and that Redis may have lost.
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local limit = now + 86400000
        local kind = redis.call('TYPE', KEYS[1]).ok
        if kind ~= 'none' and (kind ~= 'hash' or redis.call('HLEN', KEYS[1]) > 10000) then redis.call('DEL', KEYS[1]) end

        local stamps, newest = {}, 0
        local all = redis.call('HGETALL', KEYS[1])
        for i = 1, #all, 2 do
          local stamp = tonumber(all[i + 1])
          if stamp and stamp >= 0 and stamp <= limit then
            stamps[all[i]] = stamp
            newest = math.max(newest, stamp)
          else
            redis.call('HDEL', KEYS[1], all[i])
          end
        end

        local isChanged = false
        for i = 3, #ARGV, 2 do
          local stamp = tonumber(ARGV[i + 1])
          if ARGV[2] == 'new' then stamp = math.max(now, newest + 1, stamp <= limit and stamp or 0) end
          if stamp <= limit and stamp > (stamps[ARGV[i]] or 0) then
            redis.call('HSET', KEYS[1], ARGV[i], string.format('%.0f', stamp))
            stamps[ARGV[i]] = stamp
            newest = math.max(newest, stamp)
            isChanged = true
          end
        end

        if isChanged then redis.call('PUBLISH', ARGV[1], '') end
        local result = {}
        for scope, stamp in pairs(stamps) do
          result[#result + 1] = scope
          result[#result + 1] = string.format('%.0f', stamp)
        end
        return result
        """;

    private static readonly RedisKey[] Keys = [SharedKeys.Purges];

    /// <summary>What Redis knows.</summary>
    public ValueTask<RedisReply<IReadOnlyDictionary<PurgeScope, long>>> ReadAsync(CancellationToken stop) => RunAsync("known", [], stop);

    /// <summary>Adds purges, each with a stamp of Redis's that is at least the one given, and tells every gateway.</summary>
    public ValueTask<RedisReply<IReadOnlyDictionary<PurgeScope, long>>> AddAsync(
        IReadOnlyDictionary<PurgeScope, long> purges, CancellationToken stop) => RunAsync("new", purges, stop);

    /// <summary>Puts back what Redis has lost, with the stamps that it had.</summary>
    public ValueTask<RedisReply<IReadOnlyDictionary<PurgeScope, long>>> RestoreAsync(
        IReadOnlyDictionary<PurgeScope, long> purges, CancellationToken stop) => RunAsync("known", purges, stop);

    private ValueTask<RedisReply<IReadOnlyDictionary<PurgeScope, long>>> RunAsync(
        string kind, IEnumerable<KeyValuePair<PurgeScope, long>> purges, CancellationToken stop)
    {
        // A script's channel gets no prefix of the library's.
        var channel = (string?)link.Target?.Options.ChannelPrefix + (string?)SharedKeys.PurgeChannel;
        RedisValue[] arguments = [channel, kind, .. purges.SelectMany(purge => new RedisValue[] { purge.Key.ToString(), purge.Value })];
        // With the text each time: a Redis that was restarted does not know it.
        return link.AskAsync<IReadOnlyDictionary<PurgeScope, long>>(async redis => Parse(await redis.ScriptEvaluateAsync(Script, Keys, arguments, CommandFlags.NoScriptCache)), stop);
    }

    private static Dictionary<PurgeScope, long> Parse(RedisResult result)
    {
        var stamps = new Dictionary<PurgeScope, long>();
        var texts = (string?[]?)result ?? [];
        for (var i = 0; i + 1 < texts.Length; i += 2)
        {
            if (PurgeScope.TryParse(texts[i], out var scope) && long.TryParse(texts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var stamp))
            {
                stamps[scope] = stamp;
            }
        }

        return stamps;
    }
}
