using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.Demo;

namespace TagGateway.EndToEnd.Harness;

/// <summary>A website of one page with a tag on it, as a site has it that knows nothing of a gateway.</summary>
internal sealed class TagPage : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private TagPage(LoopbackServer server) => _server = server;

    /// <summary><c>http://127.0.0.1:PORT</c>: a browser takes it for secure, so that service workers run.</summary>
    public string Address => _server.Addresses[0].GetLeftPart(UriPartial.Authority);

    /// <param name="script">Where the page loads its tag from.</param>
    /// <param name="commands">JavaScript that runs before the tag is loaded; <c>gtag</c> and <c>dataLayer</c> are there.</param>
    public static async Task<TagPage> StartAsync(string script, string commands)
    {
        var page = $$"""
            <!doctype html>
            <html lang="en"><head><title>Shop</title><link rel="icon" href="data:,"></head><body>
            <script>
            window.dataLayer = window.dataLayer || [];
            function gtag() { dataLayer.push(arguments); }
            {{commands}}
            </script>
            <script async src="{{script}}"></script>
            </body></html>
            """;
        RequestDelegate answer = context =>
        {
            if (context.Request.Path != "/")
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            }

            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(page, context.RequestAborted);
        };
        return new TagPage(await LoopbackServer.StartAsync(["http://127.0.0.1:0"], listen => listen.Protocols = HttpProtocols.Http1, answer, default));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
