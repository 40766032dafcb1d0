using TagGateway.Rewriting;

namespace TagGateway.Caching;

/// <summary>All of an entry but its body and its age.</summary>
/// <param name="Key">What was asked.</param>
/// <param name="Site">The site's name.</param>
/// <param name="Tag">The tag whose script it is.</param>
/// <param name="Headers">The answer's, sanitized, as they came.</param>
/// <param name="Coding">Of the body, as it came.</param>
/// <param name="Hash">Of the encoded body; 22 letters, digits, '-' and '_'.</param>
/// <param name="Facts">What the script says of itself.</param>
/// <param name="IsVersioned">A service-worker file whose address holds its version: it never changes, and any cache may keep it.</param>
/// <param name="PurgeStamp">The newest purge that was known when its fetch began: it answers to later ones only.</param>
/// <param name="IsTemplate">The body has holes for what is one visitor's (<see cref="ScriptTemplate"/>).</param>
internal sealed record EntryHead(
    EntryKey Key,
    string Site,
    string Tag,
    IReadOnlyList<HeaderField> Headers,
    ContentCoding Coding,
    string Hash,
    ScriptFacts Facts,
    bool IsVersioned,
    long PurgeStamp,
    bool IsTemplate = false);
