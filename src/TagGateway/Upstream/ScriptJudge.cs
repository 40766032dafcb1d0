using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>Decides whether a script answer may be served from the site's own origin: the tag rule of step 3a, asked on the way back of
/// every answer, whatever it was asked for by.</summary>
/// <param name="site">Whose origin.</param>
/// <param name="answer">Google's, its headers.</param>
/// <param name="script">The whole body, encoded as it came.</param>
internal delegate ScriptVerdict ScriptJudge(Site site, HttpResponseMessage answer, ReadOnlyMemory<byte> script);
