namespace TagGateway.Caching;

/// <summary>By what a content is found: the bytes that came, and all that decides what becomes of them.</summary>
/// <param name="Site">The site's name: its tags decide what may be served.</param>
/// <param name="Tag">The tag whose script was asked for: purges name it.</param>
/// <param name="Rules">The rewriting that is done, with its parameters; empty: none.</param>
/// <param name="Coding">How the bytes are to be read.</param>
/// <param name="Hash">The digest of the bytes as they came; see <see cref="ContentHash"/>.</param>
internal readonly record struct ContentKey(string Site, string Tag, string Rules, ContentCoding Coding, string Hash);
