using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Operations;

namespace TagGateway.Commands;

/// <summary>One request for a purge to a running gateway.</summary>
/// <param name="address">As <c>http://127.0.0.1:8081</c>.</param>
/// <param name="token">Sent to it and told nobody else; null: none.</param>
internal sealed class PurgeCall(string address, string? token)
{
    private const int MaxAnswerBytes = 64 * 1024;

    /// <summary>Longer than the gateway waits for Redis.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly string _url = address + AdminApi.PurgePath;

    /// <summary>Never throws but when stopped; the problem is one line that names the address. One of the two is null.</summary>
    public async Task<(PurgeResult? Result, string? Problem)> SendAsync(PurgeScope scope, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }; // the token goes to this address alone
        using var client = new HttpClient(handler) { Timeout = Timeout, MaxResponseContentBufferSize = MaxAnswerBytes };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_url)) { Content = new StringContent(Write(scope), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await client.SendAsync(request, stop);
            var text = await answer.Content.ReadAsStringAsync(stop);
            return answer.IsSuccessStatusCode ? ReadResult(text) : (null, Problem($"{(int)answer.StatusCode} {ReadError(text)}"));
        }
        catch (HttpRequestException e)
        {
            return (null, Problem(e.Message));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, Problem($"no answer within {Timeout.TotalSeconds} s"));
        }
    }

    private static string Write(PurgeScope scope)
    {
        var body = new JsonObject();
        foreach (var (key, value) in new[] { ("site", scope.Site), ("tag", scope.Tag) }.Where(member => member.Item2 is not null))
        {
            body[key] = value;
        }

        if (body.Count == 0)
        {
            body["all"] = true;
        }

        return body.ToJsonString();
    }

    /// <summary>What went wrong, on one line whatever the other side wrote.</summary>
    private string Problem(string what) => new ConfigurationError(_url, what).ToString();

    private (PurgeResult? Result, string? Problem) ReadResult(string text)
    {
        var result = Read(text, ApiJson.Default.PurgeResult);
        return (result, result is null ? Problem("this is not the administration port of a taggateway") : null);
    }

    private static string ReadError(string text) => Read(text, ApiJson.Default.ApiError)?.Error ?? text.Split('\n')[0].TrimEnd();

    /// <summary>Null when it is something else.</summary>
    private static T? Read<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
