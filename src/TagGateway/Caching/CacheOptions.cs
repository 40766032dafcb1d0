using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.Caching;

/// <summary>Where tag scripts are kept.</summary>
internal sealed class CacheOptions
{
    [Description("The most that kept scripts take of this gateway's memory, in bytes. 1 MiB to 64 GiB; default 64 MiB, less where there is less than 512 MiB of memory. A script of one tag takes 150 to 250 KB for each region.")]
    [NumberRange(1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long? MemoryBytes { get; set; }

    /// <summary>What fits the memory: most of it is for the program itself, and for requests under way.</summary>
    public static long DefaultBytes(long memoryBytes) => Math.Clamp(memoryBytes / 6, 8 * 1024 * 1024, 64 * 1024 * 1024);

    [Description("The Redis through which gateways share scripts and purges: a connection string of StackExchange.Redis such as \"redis:6379,password=…,ssl=true\"; with a password better given by TAGGATEWAY_CACHE__REDIS_FILE than here. Whoever may write to it can change what visitors get. Default none: each gateway keeps its own.")]
    [Secret]
    public string? Redis { get; set; }
}
