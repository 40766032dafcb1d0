using System.ComponentModel;
using System.Text.Json;
using TagGateway.Configuration;

namespace TagGateway.Caching;

/// <summary>Where tag scripts are kept.</summary>
internal sealed class CacheOptions
{
    [Description("The most that kept scripts take of this gateway's memory, in bytes. 1 MiB to 64 GiB; default 64 MiB. A script of one tag takes 150 to 250 KB for each region.")]
    [NumberRange(1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MemoryBytes { get; set; } = 64 * 1024 * 1024;

    [NotYet("null")]
    public JsonElement? Redis { get; set; }
}
