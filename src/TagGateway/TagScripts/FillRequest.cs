using TagGateway.Caching;
using TagGateway.Limits;

namespace TagGateway.TagScripts;

/// <summary>What a fill has to bring.</summary>
/// <param name="Load">What to fetch.</param>
/// <param name="Former">The stale entry; null: none.</param>
/// <param name="Account">Whose work it is: the first's who asked.</param>
/// <param name="Form">What the first who asked takes, to be made with the rest; null: nothing is known of it.</param>
internal sealed record FillRequest(ScriptLoad Load, Entry? Former, WorkAccount Account, EntryForm? Form);
