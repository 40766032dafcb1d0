using TagGateway.Receiving;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>One request on its way to Google.</summary>
/// <param name="Target">Where on the measurement path.</param>
/// <param name="Visitor">Who sends it.</param>
/// <param name="Kind">Which step sends it, for the counters.</param>
/// <param name="Tag">The tag it names, an allowed one; the main tag when it names none.</param>
/// <param name="Body">The whole body when it was small enough to be read first; null when there is none or it streams.</param>
/// <param name="VisitorGone">Signalled when the browser has left. The forwarding itself does not hang on it.</param>
internal sealed record GoogleRequest(
    MeasurementTarget Target, Visitor Visitor, RequestKind Kind, TagId Tag, byte[]? Body, CancellationToken VisitorGone)
{
    public Site Site => Target.Site;
}
