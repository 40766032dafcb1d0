namespace TagGateway.Sites;

/// <summary>Whom the site's tag talks to.</summary>
internal enum UpstreamKind
{
    /// <summary>Google's tag gateway, <c>https://&lt;main tag&gt;.fps.goog</c>.</summary>
    Gateway,

    /// <summary>Google's ordinary hosts: each request goes where the tag means it to go.</summary>
    Google,
}
