using System.Net;
using System.Net.Sockets;
using System.Text;
using TagGateway.Configuration;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

/// <summary>The case <c>interim-not-cached</c> of the public suite, on a real connection: nothing of a 1xx answer comes near what is kept.</summary>
public sealed class InterimAnswerTests
{
    [Theory]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </evil.css>; rel=preload\r\nCache-Control: max-age=1\r\nX-Early: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 102 Processing\r\nX-Early: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\nX-Early: 2\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    public async Task Fetch_InterimAnswersBeforeTheFinalOne_AreNoPartOfIt(string interim)
    {
        const string Final = "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nCache-Control: max-age=900\r\nContent-Length: 5\r\n\r\nfinal";
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, interim + Final);
        var connectTo = new ConnectTo(new Dictionary<string, Uri> { ["*"] = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}") });
        var empty = SomeSettings.Create().Value;
        var settings = new CurrentSettings(empty with { ConnectTo = connectTo });
        var fetcher = new ScriptFetcher(new UpstreamClients(), new TagHosts(), new GooglePipelines(TimeProvider.System), settings, TimeProvider.System);
        var site = SomeSite.Create(tags: ["G-MAIN1"]);

        using var fetched = await fetcher.FetchAsync(new ScriptFetch(site, site.MainTag, "/f807/", "", default, IsVersioned: false), null, null, CancellationToken.None);
        await answering;

        Assert.Equal((200, "final"), (fetched.Status, Encoding.ASCII.GetString(fetched.Body!.Span)));
        Assert.Equal(["Cache-Control: max-age=900", "Content-Length: 5", "Content-Type: text/javascript", "X-Content-Type-Options: nosniff"],
            fetched.Headers.Select(field => $"{field.Name}: {field.Value}").Order(StringComparer.Ordinal));
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var read = new byte[4096];
        for (var text = ""; !text.EndsWith("\r\n\r\n", StringComparison.Ordinal);)
        {
            text += Encoding.ASCII.GetString(read, 0, await stream.ReadAsync(read));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}
