using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.Configuration;
using TagGateway.Operations;

namespace TagGateway.Receiving;

/// <summary>Where the gateway listens: traffic and administration, never on one port.</summary>
internal sealed class Endpoints(IReadOnlyList<ListenUrl> urls, ListenUrl adminUrl)
{
    private readonly List<ListenOptions> _traffic = [];
    private readonly List<ListenOptions> _admin = [];

    /// <summary>What is bound, with the real ports, once the server has started.</summary>
    public IReadOnlyList<string> Traffic => [.. _traffic.Select(Describe)];

    public IReadOnlyList<string> Admin => [.. _admin.Select(Describe)];

    public void Listen(KestrelServerOptions options)
    {
        foreach (var url in urls)
        {
            Listen(options, url, listen =>
            {
                listen.Protocols = url.IsHttp2Only ? HttpProtocols.Http2 : HttpProtocols.Http1;
                listen.Use(next => connection =>
                {
                    connection.Transport = new DrainingConnection(connection.Transport);
                    return next(connection);
                });
                if (!url.IsHttp2Only)
                {
                    listen.Use(LendingConnection.Wrap);
                }

                _traffic.Add(listen);
            });
        }

        Listen(options, adminUrl, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection =>
            {
                connection.Features.Set(AdminListener.Instance);
                return next(connection);
            });
            _admin.Add(listen);
        });
    }

    private static void Listen(KestrelServerOptions options, ListenUrl url, Action<ListenOptions> configure)
    {
        if (url.Host == "*")
        {
            options.ListenAnyIP(url.Port, configure);
        }
        else if (IPAddress.TryParse(url.Host, out var address))
        {
            options.Listen(address, url.Port, configure);
        }
        else
        {
            options.ListenLocalhost(url.Port, configure);
        }
    }

    private static string Describe(ListenOptions listen)
    {
        var scheme = listen.Protocols == HttpProtocols.Http2 ? "h2c" : "http";
        return listen.IPEndPoint is { } end ? $"{scheme}://{end}" : $"{scheme}://{listen}";
    }
}
