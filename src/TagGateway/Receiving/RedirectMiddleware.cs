using Microsoft.AspNetCore.Http.Features;
using TagGateway.Configuration;
using TagGateway.Responding;
using TagGateway.Sites;

namespace TagGateway.Receiving;

/// <summary>Sends visitors who came without TLS to the same address with it (<c>tls.redirectHttp</c>); hits on the measurement path as well.</summary>
internal sealed class RedirectMiddleware(RequestDelegate next, CurrentSettings settings, Endpoints endpoints)
{
    private const int UsualPort = 443;

    public Task InvokeAsync(HttpContext context)
    {
        var current = settings.Value;
        // h2c is for machines inside: they chose it.
        return current.Tls is { RedirectHttp: true } tls && !context.Request.IsHttps && !HttpProtocol.IsHttp2(context.Request.Protocol)
            && (endpoints.HttpsPort is { } bound)
            ? RedirectAsync(context, current, tls.RedirectPort ?? bound)
            : next(context);
    }

    private Task RedirectAsync(HttpContext context, GatewaySettings current, int port)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!current.Sites.TryFind(context.Request.Host.Host, out _) || !RequestTarget.TryParse(raw, out var target))
        {
            return next(context); // the next step refuses both
        }

        if (!VisitorOrigin.TryRead(context, context.Features.GetRequiredFeature<Visitor>(), out var scheme, out var host))
        {
            return PlainAnswer.BadRequestAsync(context);
        }

        if (scheme == "https")
        {
            return next(context); // a trusted proxy ends TLS before us: there is nowhere better to go
        }

        context.Response.Headers.Location = $"https://{new HostString(host).Host}{(port == UsualPort ? "" : $":{port}")}{target.Path}{target.Query}";
        // 308 for every method: with 301 and 302 browsers make a GET of a POST, and the hit in its body is lost. No cache keeps the answer:
        // who switches the redirect off again must not have to wait for every browser to forget it.
        return PlainAnswer.WriteAsync(context, StatusCodes.Status308PermanentRedirect, "permanent redirect");
    }
}
