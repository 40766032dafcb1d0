using TagGateway.Routes;
using TagGateway.Sanitizing;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>Where a request to Google really goes: the one place that decides scheme, host, path and query. The host is a tag's own on <c>fps.goog</c>, or one
/// of the closed list.</summary>
/// <param name="Scheme"><c>https</c>, unless <c>connectTo</c> has it dialled otherwise.</param>
/// <param name="Host">The Host header and the TLS server name.</param>
/// <param name="Path">Raw, beginning with '/'.</param>
/// <param name="Query">Raw, empty or beginning with '?'.</param>
internal readonly record struct GoogleAddress(string Scheme, string Host, string Path, string Query)
{
    /// <summary>Scheme and host: <c>https://g-abc123.fps.goog</c>.</summary>
    public string Prefix => $"{Scheme}://{Host}";

    public Uri Uri => RawUri.Create(Prefix, Path, Query);

    /// <param name="request">A visitor's.</param>
    /// <param name="asked">Whose host on <c>fps.goog</c>, when it goes there.</param>
    /// <param name="connectTo">The settings'.</param>
    public static GoogleAddress Of(GoogleRequest request, TagId asked, ConnectTo connectTo)
    {
        var target = request.Target;
        return target.Route is { } route
            ? Of(HostOf(route, asked), route.Path, QueryOf(request, route), connectTo)
            : Of(HostOf(null, asked), target.Path, target.Query, connectTo);
    }

    /// <param name="fetch">The gateway's own.</param>
    /// <param name="asked">Whose host on <c>fps.goog</c>, when it goes there.</param>
    /// <param name="connectTo">The settings'.</param>
    public static GoogleAddress Of(ScriptFetch fetch, TagId asked, ConnectTo connectTo) => Of(HostOf(fetch.Route, asked), fetch.Path, fetch.Query, connectTo);

    public static string HostOf(GoogleRoute? route, TagId asked) => route?.Host ?? $"{asked}.fps.goog";

    private static GoogleAddress Of(string host, string path, string query, ConnectTo connectTo) =>
        new(connectTo.TryFind(host, out var target) ? target.Scheme : Uri.UriSchemeHttps, host, path, query);

    private static string QueryOf(GoogleRequest request, GoogleRoute route) => route.AddressParameter is { } name
        ? AddressParameter.Apply(request.Target.Query, name, request.Site.Visitor.Ip, request.Visitor.Address)
        : request.Target.Query;
}
