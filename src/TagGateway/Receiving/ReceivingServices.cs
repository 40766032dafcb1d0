using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Receiving;

/// <summary>Registers the server and its limits: what an edge needs so that one client cannot take it all.</summary>
internal static class ReceivingServices
{
    private const int MaxConnections = 10_000;

    /// <summary>Tags send long query strings, some Ads hits beyond the usual 8 KB.</summary>
    private const int MaxRequestLineBytes = 32 * 1024;
    private const int MaxRequestHeadersBytes = 64 * 1024;
    private static readonly TimeSpan RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(60);

    public static void AddReceiving(this WebApplicationBuilder builder, Endpoints endpoints)
    {
        builder.Services.AddSingleton(endpoints);
        builder.Services.AddHostedService<EndpointReport>();
        builder.Services.AddHostedService<GeoReload>();
        builder.Services.AddHostedService<TlsReload>();
        builder.Services.AddSingleton<TlsHandshake>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Configure(options, endpoints));
    }

    private static void Configure(KestrelServerOptions options, Endpoints endpoints)
    {
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = MaxConnections;
        options.Limits.MaxConcurrentUpgradedConnections = MaxConnections;
        options.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        options.Limits.MaxRequestHeadersTotalSize = MaxRequestHeadersBytes;
        options.Limits.Http2.MaxRequestHeaderFieldSize = MaxRequestLineBytes;
        options.Limits.RequestHeadersTimeout = RequestHeadersTimeout;
        options.Limits.KeepAliveTimeout = KeepAliveTimeout;
        // The website decides about its uploads; hits have a limit of their own.
        options.Limits.MaxRequestBodySize = null;
        // Latin-1 in and out keeps every byte of a header as it came.
        options.RequestHeaderEncodingSelector = static name => name == HeaderNames.ContentLength ? ContentLengthEncoding.Instance : Encoding.Latin1;
        options.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        endpoints.Listen(options);
    }
}
