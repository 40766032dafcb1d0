using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace TagGateway.Tests.TagScripts;

/// <summary>Stands where the network to Google is: answers what it is told, to each request in turn; the last answer for ever.</summary>
internal sealed class FakeGoogle : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private volatile Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _last = (_, _) => throw new HttpRequestException("no connection");

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<HttpRequestMessage> Asked { get; } = new();

    public static HttpResponseMessage Script(string body, string cacheControl = "private, max-age=900", params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/javascript; charset=UTF-8");
        answer.Headers.TryAddWithoutValidation("Cache-Control", cacheControl);
        foreach (var (name, value) in headers)
        {
            _ = answer.Headers.TryAddWithoutValidation(name, value) || answer.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    /// <param name="body">Encoded as <paramref name="coding"/> says.</param>
    public static HttpResponseMessage Script(byte[] body, string coding, params (string Name, string Value)[] headers)
    {
        var answer = Script("", headers: headers);
        answer.Content = new ByteArrayContent(body);
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/javascript; charset=UTF-8");
        answer.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        return answer;
    }

    /// <summary>No answer, until the asking ends.</summary>
    public static Task<HttpResponseMessage> NeverAsync(CancellationToken ending) => new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(ending);

    public static HttpResponseMessage Status(int status) => new((HttpStatusCode)status) { Content = new ByteArrayContent([]) };

    public void Answer(Func<HttpResponseMessage> answer) => Answer((_, _) => Task.FromResult(answer()));

    public void Answer(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) => _answers.Enqueue(answer);

    /// <summary>From now on every request, those before having been answered by their own.</summary>
    public void Always(Func<HttpResponseMessage> answer) => _last = (_, _) => Task.FromResult(answer());

    public void Always(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) => _last = answer;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request);
        return _answers.TryDequeue(out var answer) ? answer(request, cancellationToken) : _last(request, cancellationToken);
    }
}
