using System.Buffers;

namespace TagGateway.Sanitizing;

/// <summary>What RFC 9110 §5 lets stand in a header name and value.</summary>
internal static class HeaderSyntax
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Control characters, all but the tab (RFC 9110 §5.5).</summary>
    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7f).Where(c => c != '\t').Select(c => (char)c)]);

    public static bool IsToken(ReadOnlySpan<char> name) => name.Length > 0 && !name.ContainsAnyExcept(TokenCharacters);

    public static bool HasControlCharacter(ReadOnlySpan<char> value) => value.ContainsAny(ControlCharacters);
}
