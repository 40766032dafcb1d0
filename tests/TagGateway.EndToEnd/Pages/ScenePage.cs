using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TagGateway.EndToEnd.Pages;

/// <summary>A website of one page, with a consent platform's script beside it.</summary>
/// <param name="html">Of the page; <see cref="Nonce"/> in it becomes another one each time.</param>
internal sealed class ScenePage(string html)
{
    /// <summary>Stands for the page's nonce, in the page and in its policy.</summary>
    public const string Nonce = "NONCE";

    /// <summary>Between pieces of the page that are sent apart, each when <see cref="NextPiece"/> lets it.</summary>
    public const string Cut = "<!--cut-->";

    /// <summary>Site-hosted as CookieConsent is. Denies at first; when the visitor accepts it runs what was held back, and says so.</summary>
    private const string ConsentScript = """
        window.dataLayer = window.dataLayer || [];
        function gtag() { dataLayer.push(arguments); }
        gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' });
        function accept() {
          gtag('consent', 'update', { ad_storage: 'granted', analytics_storage: 'granted', ad_user_data: 'granted', ad_personalization: 'granted' });
          document.querySelectorAll('script[type="text/plain"][data-category]').forEach(function (held) {
            var script = document.createElement('script');
            held.getAttributeNames().forEach(function (name) { if (name !== 'type') script.setAttribute(name, held.getAttribute(name)); });
            script.text = held.text;
            held.replaceWith(script);
          });
        }
        """;

    private int _confirmed;

    /// <summary>Null: plain.</summary>
    public string? Coding { get; init; }

    /// <summary>The header <c>Content-Security-Policy</c>; null: none.</summary>
    public string? Policy { get; init; }

    /// <summary>Lets the next piece go.</summary>
    public SemaphoreSlim NextPiece { get; } = new(0);

    /// <summary>How often the page was still what the browser had.</summary>
    public int Confirmed => _confirmed;

    private string Tag => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)).AsSpan(0, 8))}\"";

    public async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/":
                await AnswerPageAsync(context);
                return;
            case "/js/cookieconsent.umd.js":
                context.Response.ContentType = "text/javascript";
                await context.Response.WriteAsync(ConsentScript, context.RequestAborted);
                return;
            default:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
        }
    }

    private async Task AnswerPageAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        var response = context.Response;
        if (!html.Contains(Nonce, StringComparison.Ordinal))
        {
            response.Headers.ETag = Tag;
            response.Headers.CacheControl = "no-cache";
            if (context.Request.Headers.IfNoneMatch.ToString().Contains(Tag, StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _confirmed);
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy?.Replace(Nonce, nonce, StringComparison.Ordinal);
        if (Coding is not null)
        {
            Assert.Contains(Coding, context.Request.Headers.AcceptEncoding.ToString(), StringComparison.Ordinal);
            response.Headers.ContentEncoding = Coding;
        }

        await SendAsync(response.Body, html.Replace(Nonce, nonce, StringComparison.Ordinal), context.RequestAborted);
    }

    private async Task SendAsync(Stream visitor, string page, CancellationToken cancellation)
    {
        var coded = new MemoryStream();
        await using var encoder = PageVisit.Encoder(Coding, coded);
        var isFirst = true;
        foreach (var piece in page.Split(Cut))
        {
            if (!isFirst)
            {
                await NextPiece.WaitAsync(cancellation);
            }

            isFirst = false;
            encoder.Write(Encoding.UTF8.GetBytes(piece));
            encoder.Flush();
            await visitor.WriteAsync(coded.ToArray(), cancellation);
            await visitor.FlushAsync(cancellation);
            coded.SetLength(0);
        }

        await encoder.DisposeAsync();
        await visitor.WriteAsync(coded.ToArray(), cancellation);
    }
}
