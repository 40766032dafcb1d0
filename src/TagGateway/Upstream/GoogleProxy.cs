using System.Net;

namespace TagGateway.Upstream;

/// <summary>The proxy on the way to Google as <c>HTTPS_PROXY</c> and <c>NO_PROXY</c> name it, but never for a host that connectTo names.</summary>
internal sealed class GoogleProxy(ConnectTo connectTo, IWebProxy environment) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => environment.Credentials;
        set => throw new NotSupportedException("The environment names the proxy's credentials.");
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : environment.GetProxy(destination);

    public bool IsBypassed(Uri host) => connectTo.TryFind(host.Host, out _) || environment.IsBypassed(host);
}
