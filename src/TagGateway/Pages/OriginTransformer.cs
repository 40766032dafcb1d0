using System.Net;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Receiving;
using TagGateway.Sanitizing;
using TagGateway.Sites;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Pages;

/// <summary>Passes a request to the website as it came, and tells it the truth about where it came from.</summary>
internal sealed class OriginTransformer : HttpTransformer
{
    public static readonly OriginTransformer Instance = new();

    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedHost = "X-Forwarded-Host";
    private const string ForwardedProto = "X-Forwarded-Proto";

    private OriginTransformer()
    {
    }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var source = httpContext.Request;
        var visitor = httpContext.Features.GetRequiredFeature<Visitor>();
        RemoveNominated(source.Headers);
        RemoveClaims(source.Headers, visitor.IsViaTrustedProxy);
        if (httpContext.Features.Get<PageExchange>() is { } page)
        {
            page.FitRequest(source.Headers);
        }
        else
        {
            PageExchange.FitForeignRequest(source.Headers);
        }

        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var (site, target) = httpContext.Features.GetRequiredFeature<SiteRequest>();
        var origin = site.Origin!; // PageMiddleware has looked
        proxyRequest.RequestUri = RawUri.Create(destinationPrefix, target.Path, target.Query);
        proxyRequest.Headers.Host = origin.Host ?? (source.Host.HasValue ? source.Host.Value : null);
        SetForwarded(httpContext, proxyRequest, visitor);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var hasBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var isSwitchedOff = PageGate.TakeSwitch(httpContext.Response.Headers);
        if (proxyResponse is { StatusCode: HttpStatusCode.NoContent or HttpStatusCode.ResetContent })
        {
            // Websites send a length or even a body with these (RFC 9110 §15.3.5 forbids it), and Kestrel throws at both.
            httpContext.Response.ContentLength = null;
            return false;
        }

        // A page that is rewritten is copied there: YARP's copy is of the bytes as they came.
        var isPassedOn = hasBody && proxyResponse is not null && httpContext.Features.Get<PageExchange>() is { } page && await page.TryPassOnAsync(httpContext, proxyResponse, isSwitchedOff);
        if (isPassedOn)
        {
            await TransformResponseTrailersAsync(httpContext, proxyResponse!, cancellationToken); // passed on: there is one
        }

        return hasBody && !isPassedOn;
    }

    /// <summary>Before they are copied: HttpRequestHeaders and HttpContentHeaders each throw at a name of the other's. What the gateway says
    /// itself nobody can nominate away.</summary>
    private static void RemoveNominated(IHeaderDictionary headers)
    {
        if (ConnectionHeader.Nominated(headers.Connection) is { } nominated)
        {
            nominated.ExceptWith([ForwardedFor, ForwardedHost, ForwardedProto]);
            foreach (var name in nominated)
            {
                headers.Remove(name);
            }
        }
    }

    /// <summary>A proxy's words that a visitor wrote himself. With '_' nobody is believed: a proxy in front replaces the proper name only, and
    /// CGI and WSGI take the two for one.</summary>
    private static void RemoveClaims(IHeaderDictionary headers, bool isTrusted)
    {
        List<string>? claims = null;
        foreach (var (name, _) in headers)
        {
            var isOdd = name.Contains('_', StringComparison.Ordinal);
            if ((isOdd || !isTrusted) && IsProxysWord(isOdd ? name.Replace('_', '-') : name))
            {
                (claims ??= []).Add(name);
            }
        }

        foreach (var name in claims ?? [])
        {
            headers.Remove(name);
        }
    }

    private static bool IsProxysWord(string name) =>
        name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase);

    /// <summary>A trusted proxy's words are kept and added to, a visitor's own are replaced.</summary>
    private static void SetForwarded(HttpContext context, HttpRequestMessage request, Visitor visitor)
    {
        var source = context.Request.Headers;
        var peer = AddressText.Plain(context.Connection.RemoteIpAddress);
        var chain = visitor.IsViaTrustedProxy ? string.Join(", ", source[ForwardedFor].Append(peer?.ToString()).Where(part => !string.IsNullOrEmpty(part))) : peer?.ToString();
        Set(request, ForwardedFor, chain);
        Set(request, ForwardedProto, visitor.IsViaTrustedProxy && source.TryGetValue(ForwardedProto, out var proto) ? proto.ToString() : context.Request.Scheme);
        Set(request, ForwardedHost, visitor.IsViaTrustedProxy && source.TryGetValue(ForwardedHost, out var host) ? host.ToString() : context.Request.Host.Value);
    }

    private static void Set(HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        if (!string.IsNullOrEmpty(value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
