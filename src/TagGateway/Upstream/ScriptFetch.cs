using TagGateway.Receiving;
using TagGateway.Routes;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>A script as the gateway asks for it in its own name: all that is sent, nothing of a visitor.</summary>
/// <param name="Site">Whose.</param>
/// <param name="Tag">Whose script.</param>
/// <param name="Path">Raw: with the measurement path, or the route's.</param>
/// <param name="Query">Raw, empty or beginning with '?'.</param>
/// <param name="Region">Unknown: none is sent.</param>
/// <param name="IsVersioned">A service-worker file: its page is no script, and wanted all the same.</param>
/// <param name="Form">How it is asked for.</param>
internal sealed record ScriptFetch(Site Site, TagId Tag, string Path, string Query, Region Region, bool IsVersioned, FetchForm Form = FetchForm.Plain)
{
    /// <summary>The host of Google's that has it; null: the tag gateway.</summary>
    public GoogleRoute? Route { get; init; }
}
