using TagGateway.Configuration;

namespace TagGateway.Commands;

/// <summary>Where a command on the same machine finds the administration port.</summary>
internal static class AdminAddress
{
    /// <summary>As <c>http://127.0.0.1:8081</c>; by loopback when it listens on every address.</summary>
    public static string Of(ListenUrl admin) => $"http://{(admin.Host == "[::]" ? "[::1]" : admin.IsAnyHost ? "127.0.0.1" : admin.Host)}:{admin.Port}";
}
