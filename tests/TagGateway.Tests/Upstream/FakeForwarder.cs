using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Tests.Upstream;

/// <summary>Stands where YARP is: asks the transformer for the request it would send, and gives it the answers it is told to.</summary>
internal sealed class FakeForwarder : IHttpForwarder
{
    /// <summary>One an attempt; after the last there is no connection.</summary>
    public Queue<Func<HttpResponseMessage>> Answers { get; } = [];

    /// <summary>What was sent, in order.</summary>
    public List<HttpRequestMessage> Sent { get; } = [];

    /// <summary>What YARP says, and the status it sets, when there is no answer.</summary>
    public (ForwarderError Error, int Status) Failure { get; set; } = (ForwarderError.Request, StatusCodes.Status502BadGateway);

    public ValueTask<ForwarderError> SendAsync(
        HttpContext context, string destinationPrefix, HttpMessageInvoker httpClient, ForwarderRequestConfig requestConfig, HttpTransformer transformer) =>
        SendAsync(context, destinationPrefix, httpClient, requestConfig, transformer, context.RequestAborted);

    public async ValueTask<ForwarderError> SendAsync(
        HttpContext context, string destinationPrefix, HttpMessageInvoker httpClient, ForwarderRequestConfig requestConfig, HttpTransformer transformer, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), destinationPrefix);
        await transformer.TransformRequestAsync(context, request, destinationPrefix, cancellationToken);
        Sent.Add(request);
        if (!Answers.TryDequeue(out var answer))
        {
            context.Response.StatusCode = Failure.Status;
            await transformer.TransformResponseAsync(context, null, cancellationToken);
            return Failure.Error;
        }

        var response = answer();
        context.Response.StatusCode = (int)response.StatusCode;
        await transformer.TransformResponseAsync(context, response, cancellationToken);
        return ForwarderError.None;
    }
}
