using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.Operations;

namespace TagGateway.Receiving;

/// <summary>Where the gateway listens: traffic and administration, never on one port.</summary>
/// <param name="urls"><c>http://HOST:PORT</c> and <c>h2c://HOST:PORT</c>, separated by ';', already checked.</param>
/// <param name="adminUrl"><c>http://HOST:PORT</c>, already checked.</param>
internal sealed class Endpoints(string urls, string adminUrl)
{
    private readonly List<ListenOptions> _traffic = [];
    private readonly List<ListenOptions> _admin = [];

    /// <summary>What is bound, with the real ports, once the server has started.</summary>
    public IReadOnlyList<string> Traffic => [.. _traffic.Select(Describe)];

    public IReadOnlyList<string> Admin => [.. _admin.Select(Describe)];

    public void Listen(KestrelServerOptions options)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Listen(options, url, listen =>
            {
                listen.Protocols = url.StartsWith("h2c:", StringComparison.OrdinalIgnoreCase) ? HttpProtocols.Http2 : HttpProtocols.Http1;
                listen.Use(next => connection =>
                {
                    connection.Transport = new DrainingConnection(connection.Transport);
                    return next(connection);
                });
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

    private static void Listen(KestrelServerOptions options, string url, Action<ListenOptions> configure)
    {
        var address = BindingAddress.Parse(url);
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            options.Listen(ip, address.Port, configure);
        }
        else if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            options.ListenLocalhost(address.Port, configure);
        }
        else
        {
            // "*", "+" and any other name stand for every address, as Kestrel has it.
            options.ListenAnyIP(address.Port, configure);
        }
    }

    private static string Describe(ListenOptions listen)
    {
        var scheme = listen.Protocols == HttpProtocols.Http2 ? "h2c" : "http";
        return listen.IPEndPoint is { } end ? $"{scheme}://{end}" : $"{scheme}://{listen}";
    }
}
