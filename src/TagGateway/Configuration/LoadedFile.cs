using System.Text.Json.Nodes;

namespace TagGateway.Configuration;

/// <summary>One reading of the configuration file.</summary>
/// <param name="Tree">With keys found whatever their case; null when it is no JSON object.</param>
/// <param name="Fingerprint">Equal for equal bytes; the reason when they could not be read.</param>
/// <param name="Stamp">The stamp of what was read.</param>
internal sealed record LoadedFile(JsonObject? Tree, string Fingerprint, FileStamp Stamp);
