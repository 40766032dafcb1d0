namespace TagGateway.Html;

/// <summary>The types of script elements that are scripts (WHATWG HTML §4.12.1.1, MIME Sniffing §4.6).</summary>
internal static class ScriptTypes
{
    private static readonly string[] All =
    [
        "", "module", "text/javascript", "application/javascript", "application/x-javascript", "application/ecmascript", "application/x-ecmascript", "text/ecmascript", "text/x-ecmascript",
        "text/jscript", "text/livescript", "text/x-javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2", "text/javascript1.3", "text/javascript1.4", "text/javascript1.5",
        // Consent platforms hold scripts back so, Partytown runs them in a worker.
        "text/plain", "text/partytown",
    ];

    /// <summary>False for data, templates and whatever else no browser runs.</summary>
    /// <param name="type">The attribute's value; null: there is none.</param>
    public static bool MayRun(string? type) => type is null || All.Contains(type.Trim(), StringComparer.OrdinalIgnoreCase);
}
