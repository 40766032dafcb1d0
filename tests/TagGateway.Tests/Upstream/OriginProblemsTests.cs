using System.Net.Sockets;
using System.Security.Authentication;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class OriginProblemsTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, nameof(OriginProblem.ConnectionRefused))]
    [InlineData(SocketError.HostNotFound, nameof(OriginProblem.NameNotResolved))]
    [InlineData(SocketError.TryAgain, nameof(OriginProblem.NameNotResolved))]
    [InlineData(SocketError.HostUnreachable, nameof(OriginProblem.Unreachable))]
    [InlineData(SocketError.TimedOut, nameof(OriginProblem.TimedOut))]
    [InlineData(SocketError.ConnectionReset, nameof(OriginProblem.ConnectionLost))]
    public void Of_SocketError_IsTheReason(SocketError error, string problem) =>
        Assert.Equal(problem, OriginProblems.Of(new HttpRequestException("outer", new SocketException((int)error))).ToString());

    [Fact]
    public void Of_OtherExceptions_IsTheReason()
    {
        Assert.Equal(OriginProblem.ConnectionLost, OriginProblems.Of(null));
        Assert.Equal(OriginProblem.TimedOut, OriginProblems.Of(new TaskCanceledException("", new TimeoutException())));
        Assert.Equal(OriginProblem.CertificateRefused, OriginProblems.Of(new HttpRequestException("", new AuthenticationException("The remote certificate is invalid"))));
        Assert.Equal(OriginProblem.TlsFailed, OriginProblems.Of(new HttpRequestException("", new AuthenticationException("Cannot determine the frame size"))));
        Assert.Equal(OriginProblem.InvalidAnswer, OriginProblems.Of(new HttpRequestException(HttpRequestError.InvalidResponse)));
        Assert.Equal(OriginProblem.NameNotResolved, OriginProblems.Of(new HttpRequestException(HttpRequestError.NameResolutionError)));
    }

    [Fact]
    public void Describe_EveryProblem_HasWordsOfItsOwn()
    {
        var words = Enum.GetValues<OriginProblem>().Select(OriginProblems.Describe).ToList();

        Assert.Equal(words.Count, words.Distinct().Count());
    }
}
