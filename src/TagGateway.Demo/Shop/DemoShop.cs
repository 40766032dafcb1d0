using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace TagGateway.Demo.Shop;

/// <summary>The website of the demo: a small shop with a first-party tag and a panel that shows where its reports go.</summary>
internal sealed partial class DemoShop : IAsyncDisposable
{
    /// <summary>HttpOnly, so that one can see that the gateway does not hand it on.</summary>
    public const string SessionCookie = "shop_session";
    public const string ThemeCookie = "theme";
    private const long MaxLargeBytes = 1L << 30;
    private readonly CancellationTokenSource _stopping = new();
    private readonly DemoShopOptions _options;
    private readonly ShopPages _pages;
    private LoopbackServer? _server;

    private DemoShop(DemoShopOptions options) => (_options, _pages) = (options, new(options));

    public Uri Address => _server?.Addresses[0] ?? throw new InvalidOperationException("The shop is not started.");

    public static async Task<DemoShop> StartAsync(DemoShopOptions options, CancellationToken cancellationToken = default)
    {
        var shop = new DemoShop(options);
        try
        {
            shop._server = await LoopbackServer.StartAsync([options.Url], _ => { }, shop.HandleAsync, cancellationToken);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await AnswerAsync(context, context.Request.Path.Value ?? "/", ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The visitor has gone or the shop closes.
        }
    }

    private Task AnswerAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        if (path.StartsWith("/assets/", StringComparison.Ordinal))
        {
            return SendAssetAsync(context, path["/assets/".Length..], cancellationToken);
        }

        if (path.StartsWith("/product/", StringComparison.Ordinal) && Catalogue.BySlug.TryGetValue(path["/product/".Length..], out var product))
        {
            return SendPageAsync(context, theme => _pages.ProductPage(product, theme), cancellationToken);
        }

        return path switch
        {
            "/" => SendPageAsync(context, _pages.Home, cancellationToken),
            "/cart" => SendPageAsync(context, theme => _pages.Plain("cart", "Your basket", theme), cancellationToken),
            "/checkout" when HttpMethods.IsPost(context.Request.Method) => TakeOrderAsync(context, cancellationToken),
            "/checkout" => SendPageAsync(context, theme => _pages.Plain("checkout", "Checkout", theme), cancellationToken),
            "/thanks" when OrderForm().IsMatch(context.Request.Query["order"].ToString()) =>
                SendPageAsync(context, theme => _pages.Thanks(context.Request.Query["order"].ToString(), theme), cancellationToken),
            "/demo/events" when _options.GoogleStandIn is { } google => PanelFeed.SendAsync(context, google.Recorder, cancellationToken),
            "/demo/echo" => EchoAsync(context, cancellationToken),
            "/large" => SendLargeAsync(context, cancellationToken),
            _ => SendMissingAsync(context, cancellationToken),
        };
    }

    private Task SendMissingAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return SendPageAsync(context, theme => _pages.Plain("missing", "Not here", theme), cancellationToken);
    }

    private static Task SendPageAsync(HttpContext context, Func<string, string> render, CancellationToken cancellationToken)
    {
        var cookies = context.Request.Cookies;
        var theme = cookies[ThemeCookie] is "dark" ? "dark" : "light";
        if (cookies[SessionCookie] is null)
        {
            context.Response.Cookies.Append(SessionCookie, RandomNumberGenerator.GetHexString(32, lowercase: true), new() { HttpOnly = true, SameSite = SameSiteMode.Lax });
        }

        if (cookies[ThemeCookie] is null)
        {
            context.Response.Cookies.Append(ThemeCookie, theme, new() { SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365) });
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.WriteAsync(render(theme), cancellationToken);
    }

    private static async Task SendAssetAsync(HttpContext context, string name, CancellationToken cancellationToken)
    {
        var type = name switch
        {
            "shop.css" or "panel.css" => "text/css; charset=utf-8",
            "shop.js" or "panel.js" or "watch.js" => "text/javascript; charset=utf-8",
            "icon.svg" => "image/svg+xml",
            _ => null,
        };
        if (type is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var bytes = EmbeddedFile.Read($"Shop/Assets/{name}");
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>Reads the form to its end and leads to the page that reports the purchase.</summary>
    private static async Task TakeOrderAsync(HttpContext context, CancellationToken cancellationToken)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, cancellationToken);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"/thanks?order=FH-{RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The headers of the request as JSON: shows what a gateway hands to the website.</summary>
    private static Task EchoAsync(HttpContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<PanelPair> headers = [.. context.Request.Headers.SelectMany(line => line.Value.Select(value => new PanelPair(line.Key, value ?? "")))];
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(headers, PanelJson.Default.IReadOnlyListPanelPair, cancellationToken: cancellationToken);
    }

    /// <summary><c>/large?bytes=N</c>: N bytes of text, up to 1 GiB, written piece by piece.</summary>
    private static async Task SendLargeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!long.TryParse(context.Request.Query["bytes"], NumberStyles.None, CultureInfo.InvariantCulture, out var left) || left > MaxLargeBytes)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = left;
        var piece = new byte[64 * 1024];
        piece.AsSpan().Fill((byte)'x');
        for (; left > 0; left -= piece.Length)
        {
            await context.Response.Body.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)), cancellationToken);
        }
    }

    [GeneratedRegex("^FH-[0-9]{6}$")]
    private static partial Regex OrderForm();
}
