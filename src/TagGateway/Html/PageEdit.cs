namespace TagGateway.Html;

/// <summary>One change of a page's bytes, or of a script's in it.</summary>
/// <param name="Start">The first byte that goes.</param>
/// <param name="End">Behind the last one; equal to <paramref name="Start"/> where something is only put in.</param>
/// <param name="Replacement">What comes in its place: ASCII, right in every charset that is rewritten.</param>
internal readonly record struct PageEdit(int Start, int End, byte[] Replacement);
