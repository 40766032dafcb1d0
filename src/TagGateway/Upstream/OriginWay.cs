using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Upstream;

/// <summary>How a request gets to a website.</summary>
/// <param name="Prefix">Scheme, host and port as the client is to see them.</param>
/// <param name="Client">Whose connections are used.</param>
/// <param name="Config">Protocol and activity timeout.</param>
internal readonly record struct OriginWay(string Prefix, HttpMessageInvoker Client, ForwarderRequestConfig Config);
