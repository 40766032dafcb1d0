using System.Text.RegularExpressions;

namespace TagGateway.Configuration;

/// <summary>The variables that Kubernetes gives every pod for a service named <c>taggateway</c> or <c>taggateway-…</c>:
/// <c>TAGGATEWAY_SERVICE_HOST</c>, <c>TAGGATEWAY_PORT=tcp://10.0.0.1:80</c>, <c>TAGGATEWAY_ADMIN_PORT_8081_TCP_ADDR</c>. They are no settings.</summary>
internal static partial class ServiceLinks
{
    /// <param name="word">The variable's name without <c>TAGGATEWAY_</c>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="warning">Set when somebody seems to have meant it as a setting.</param>
    public static bool IsOne(string word, string value, out string? warning)
    {
        var isOwn = word.StartsWith("SERVICE_", StringComparison.Ordinal) || word.StartsWith("PORT", StringComparison.Ordinal);
        warning = word == "PORT" && !Address().IsMatch(value)
            ? "has no effect: the name belongs to Kubernetes; set TAGGATEWAY_URLS, such as http://*:8080"
            : null;
        return isOwn || Service().IsMatch(word) || (Port().IsMatch(word) && Address().IsMatch(value)) || PortPart().IsMatch(word);
    }

    [GeneratedRegex("^[A-Z0-9_]+_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)$")]
    private static partial Regex Service();

    [GeneratedRegex("^[A-Z0-9_]+_PORT$")]
    private static partial Regex Port();

    [GeneratedRegex("^[A-Z0-9_]+_PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$")]
    private static partial Regex PortPart();

    [GeneratedRegex("^(tcp|udp|sctp)://")]
    private static partial Regex Address();
}
