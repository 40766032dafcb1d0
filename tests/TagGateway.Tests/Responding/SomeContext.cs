using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TagGateway.Tests.Responding;

/// <summary>Requests for tests, with a response body that can be read.</summary>
internal static class SomeContext
{
    public static DefaultHttpContext Create(string method = "GET", string target = "/", string host = "shop.example", string? peer = "203.0.113.9")
    {
        var context = new DefaultHttpContext { Request = { Method = method, Host = new HostString(host), Scheme = "http", Protocol = "HTTP/1.1" } };
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        context.Response.Body = new MemoryStream();
        return context;
    }

    public static string BodyOf(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
