using System.Text.RegularExpressions;

namespace TagGateway.EndToEnd.Harness;

/// <summary>What every request that the gateway sends on has to be, whatever it was made of.</summary>
internal static partial class WireSyntax
{
    /// <summary>A strict request line, token names, no control character anywhere, and one sound way to tell the body's length.</summary>
    public static void AssertSound(RecordedRequest request)
    {
        Assert.Matches(RequestLine(), request.RequestLine);
        var lines = request.Head[..^4].Split("\r\n");
        foreach (var line in lines.Skip(1))
        {
            Assert.Matches(HeaderLine(), line);
        }

        var lengths = request.All("Content-Length");
        var codings = request.All("Transfer-Encoding");
        Assert.True(lengths.Count + codings.Count <= 1, request.Head);
        Assert.All(lengths, length => Assert.Matches(Digits(), length));
        Assert.All(codings, coding => Assert.Equal("chunked", coding));
        Assert.Single(request.All("Host"));
        Assert.DoesNotContain(request.Headers, header => header.Name.Contains('_', StringComparison.Ordinal)
            && header.Name.Replace('_', '-').ToUpperInvariant() is "CONTENT-LENGTH" or "TRANSFER-ENCODING");
    }

    [GeneratedRegex(@"\A[!#$%&'*+\-.^_`|~0-9A-Za-z]+ /[\x21-\x7e]* HTTP/1\.1\z")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\A[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\z")]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"\A[0-9]{1,19}\z")]
    private static partial Regex Digits();
}
