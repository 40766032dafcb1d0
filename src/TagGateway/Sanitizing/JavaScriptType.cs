using System.Buffers;

namespace TagGateway.Sanitizing;

/// <summary>Tells a type that browsers run as a script.</summary>
internal static class JavaScriptType
{
    /// <summary>The JavaScript types of the MIME Sniffing Standard §4.6, by their last word: all that a browser runs under <c>nosniff</c>.</summary>
    private static readonly SearchValues<string> Words =
        SearchValues.Create(["javascript", "ecmascript", "jscript", "livescript"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Anywhere in the value: also "javascript1.5" and its like, and the second of two types, which is the one browsers take.</summary>
    public static bool Is(ReadOnlySpan<char> contentType) => contentType.ContainsAny(Words);
}
