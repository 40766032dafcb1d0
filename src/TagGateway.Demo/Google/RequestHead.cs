using System.Text;

namespace TagGateway.Demo.Google;

/// <summary>Reads the header lines of an HTTP/1.1 request head: <c>name ":" OWS value OWS CRLF</c>, as Kestrel has already checked.</summary>
internal static class RequestHead
{
    public static List<HeaderLine> ReadHeaders(ReadOnlySpan<byte> head)
    {
        var headers = new List<HeaderLine>();
        var isRequestLine = true;
        foreach (var line in Encoding.Latin1.GetString(head).Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (!isRequestLine && colon > 0)
            {
                headers.Add(new(line[..colon], line[(colon + 1)..].Trim(' ', '\t', '\r')));
            }

            isRequestLine = false;
        }

        return headers;
    }
}
