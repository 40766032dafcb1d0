using System.Net.Sockets;
using System.Security.Authentication;

namespace TagGateway.Upstream;

/// <summary>Reads out of the client's exceptions why a website did not answer.</summary>
internal static class OriginProblems
{
    /// <summary>A lost connection where nothing more is known.</summary>
    public static OriginProblem Of(Exception? exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                case TimeoutException or OperationCanceledException:
                    return OriginProblem.TimedOut;
                case SocketException socket:
                    return Of(socket.SocketErrorCode);
                case AuthenticationException:
                    return OfTls(current);
                case HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }:
                    return OriginProblem.NameNotResolved;
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded }:
                    return OriginProblem.InvalidAnswer;
                default:
                    break;
            }
        }

        return OriginProblem.ConnectionLost;
    }

    /// <summary>In words that follow "does not answer:".</summary>
    public static string Describe(OriginProblem problem) => problem switch
    {
        OriginProblem.ConnectionRefused => "connection refused",
        OriginProblem.Unreachable => "no route to it",
        OriginProblem.NameNotResolved => "its name is not resolved",
        OriginProblem.CertificateRefused => "its certificate is not trusted",
        OriginProblem.TlsFailed => "no TLS connection",
        OriginProblem.TimedOut => "timed out",
        OriginProblem.InvalidAnswer => "no valid HTTP answer",
        _ => "connection lost",
    };

    private static OriginProblem Of(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => OriginProblem.ConnectionRefused,
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => OriginProblem.NameNotResolved,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => OriginProblem.Unreachable,
        SocketError.TimedOut => OriginProblem.TimedOut,
        _ => OriginProblem.ConnectionLost,
    };

    /// <summary>The platform tells a refused certificate by its words only: "The remote certificate is invalid …".</summary>
    private static OriginProblem OfTls(Exception exception) => exception.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
        ? OriginProblem.CertificateRefused
        : OriginProblem.TlsFailed;
}
