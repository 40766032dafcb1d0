using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace TagGateway.EndToEnd.Harness;

/// <summary>One page of the browser, all that it asked for and complained about.</summary>
internal sealed class Visit
{
    private readonly ConcurrentQueue<IRequest> _requests = new();
    private readonly ConcurrentQueue<IResponse> _answers = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentDictionary<IRequest, bool> _pending = new();

    public Visit(IPage page)
    {
        Page = page;
        // The context's events, so that frames and service workers count too.
        page.Context.Request += (_, request) =>
        {
            _pending[request] = true;
            _requests.Enqueue(request);
        };
        page.Context.Response += (sender, answer) =>
        {
            _answers.Enqueue(answer);
            if (answer.Request.ResourceType is not ("document" or "script" or "image"))
            {
                // The body of a fetch that nobody reads never ends.
                _pending.TryRemove(answer.Request, out _);
            }
        };
        page.Context.RequestFinished += (sender, request) => _pending.TryRemove(request, out _);
        page.Context.RequestFailed += (sender, request) => _pending.TryRemove(request, out _);
        page.Context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
    }

    public IPage Page { get; }

    public IReadOnlyList<IRequest> Requests => [.. _requests];

    public IReadOnlyList<IResponse> Answers => [.. _answers];

    /// <summary>Errors and warnings of the console, and uncaught exceptions.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    /// <summary>So many requests wait for their answer. What a page sends as it goes is never heard of again.</summary>
    public int Pending => _pending.Count;

    /// <summary>No error or warning in the console, no uncaught exception.</summary>
    public void AssertNoComplaints() => Assert.True(_complaints.IsEmpty, string.Join(Environment.NewLine, _complaints));

    /// <summary>Opens a page and waits until something that begins so has been asked for.</summary>
    public Task OpenUntilAskedAsync(string page, string address) =>
        Page.RunAndWaitForRequestAsync(() => Page.GotoAsync(page), request => request.Url.StartsWith(address, StringComparison.Ordinal));
}
