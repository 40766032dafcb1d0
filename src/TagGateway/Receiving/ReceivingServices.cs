using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Net.Http.Headers;
using TagGateway.Configuration;
using TagGateway.Receiving.Admission;

namespace TagGateway.Receiving;

/// <summary>Registers the server and its limits: what an edge needs so that one client cannot take it all.</summary>
internal static class ReceivingServices
{
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
        builder.Services.AddSingleton<ConnectionTable>();
        builder.Services.AddHostedService<LimitReport>();
        builder.Services.AddHostedService<MemoryRelease>();
        builder.Services.AddSingleton<SocketTransportFactory>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Configure(options, endpoints));
        builder.Services.AddSingleton<IConnectionListenerFactory, AdmissionListenerFactory>(); // the server takes the last
    }

    private static void Configure(KestrelServerOptions options, Endpoints endpoints)
    {
        options.AddServerHeader = false;
        options.Limits.Http2.MaxStreamsPerConnection = options.ApplicationServices.GetRequiredService<CurrentSettings>().Value.Limits.StreamsPerConnection;
        options.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        options.Limits.MaxRequestHeadersTotalSize = MaxRequestHeadersBytes;
        options.Limits.Http2.MaxRequestHeaderFieldSize = MaxRequestLineBytes;
        options.Limits.RequestHeadersTimeout = RequestHeadersTimeout;
        options.Limits.KeepAliveTimeout = KeepAliveTimeout;
        // The website decides about its uploads; hits have a limit of their own.
        options.Limits.MaxRequestBodySize = null;
        // Latin-1 in and out keeps every byte of a header as it came.
        // Not Content-Length: with an encoding of ours Kestrel's buffer for it overflows on a long one, an unhandled exception in the log for each.
        options.RequestHeaderEncodingSelector = static name => name == HeaderNames.ContentLength ? null : Encoding.Latin1;
        options.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        endpoints.Listen(options);
    }
}
