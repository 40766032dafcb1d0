using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Receiving.Admission;
using TagGateway.Responding;

namespace TagGateway.Receiving;

/// <summary>Where the gateway listens: traffic and administration, never on one port.</summary>
internal sealed class Endpoints(IReadOnlyList<ListenUrl> urls, ListenUrl adminUrl)
{
    private readonly List<ListenOptions> _traffic = [];
    private readonly List<ListenOptions> _admin = [];

    /// <summary>What is bound, with the real ports, once the server has started.</summary>
    public IReadOnlyList<string> Traffic => [.. _traffic.Select(Describe)];

    public IReadOnlyList<string> Admin => [.. _admin.Select(Describe)];

    /// <summary>Where TLS is spoken, once the server has started; of several the first; null: nowhere.</summary>
    public int? HttpsPort => _traffic.FirstOrDefault(listen => listen.Protocols == ProtocolsOf(ListenScheme.Https))?.IPEndPoint?.Port;

    /// <summary>Whether administration is served at this address; to be asked once the server has started.</summary>
    public bool IsAdministration(EndPoint bound) => bound is IPEndPoint { Port: var port } && _admin.Exists(listen => listen.IPEndPoint?.Port == port);

    public void Listen(KestrelServerOptions options)
    {
        foreach (var url in urls)
        {
            Listen(options, url, listen =>
            {
                listen.Protocols = ProtocolsOf(url.Scheme);
                listen.Use(next => AdmissionListener.Untrack(next, options.ApplicationServices.GetRequiredService<ConnectionTable>()));
                if (url.Scheme == ListenScheme.Https)
                {
                    options.ApplicationServices.GetRequiredService<TlsHandshake>().AddTo(listen);
                }

                listen.Use(next => connection =>
                {
                    connection.Transport = new DrainingConnection(connection.Transport);
                    return next(connection);
                });
                if (url.Scheme == ListenScheme.Http)
                {
                    listen.Use(next => LendingConnection.Wrap(next, reset => CreateStall(options.ApplicationServices, reset)));
                }
                else
                {
                    listen.Use(next => GoAwayConnection.Wrap(next, isHttp2: url.Scheme == ListenScheme.H2c));
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

    private static StallTimeout CreateStall(IServiceProvider services, Action reset) => new(
        reset, services.GetRequiredService<CurrentSettings>().Value.Limits.ProgressTimeout, services.GetRequiredService<LimitMetrics>(), services.GetRequiredService<TimeProvider>());

    private static HttpProtocols ProtocolsOf(ListenScheme scheme) => scheme switch
    {
        ListenScheme.Https => HttpProtocols.Http1AndHttp2,
        ListenScheme.H2c => HttpProtocols.Http2,
        _ => HttpProtocols.Http1,
    };

    private static string Describe(ListenOptions listen)
    {
        var scheme = Enum.GetValues<ListenScheme>().First(scheme => ProtocolsOf(scheme) == listen.Protocols).ToString().ToLowerInvariant();
        return listen.IPEndPoint is { } end ? $"{scheme}://{end}" : $"{scheme}://{listen}";
    }
}
