using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Sanitizing;

/// <summary>One request through a gateway, seen from behind it.</summary>
internal static class Golden
{
    /// <summary>What Google gets of a GET with these header lines, each with its end of line.</summary>
    public static async Task<RecordedRequest> SentToGoogleAsync(string headers, string site = "", string root = "", string line = "GET /f807/x HTTP/1.1", string body = "")
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address, site, root);
        var response = await gateway.SendAsync($"{line}\r\nHost: shop.example\r\n{headers}\r\n{body}");
        Assert.Equal(204, response.Status);
        return await google.NextAsync();
    }

    /// <summary>What the website gets.</summary>
    public static async Task<RecordedRequest> SentToSiteAsync(string headers, string site = "", string root = "")
    {
        await using var origin = new RawUpstream();
        var comma = site.Length > 0 ? "," : "";
        await using var gateway = await RunningGateway.StartAsync(origin.Address, $"\"origin\": \"{origin.Address}\"{comma}{site}", root);
        var response = await gateway.SendAsync($"GET /x HTTP/1.1\r\nHost: shop.example\r\n{headers}\r\n");
        Assert.Equal(204, response.Status);
        return await origin.NextAsync();
    }

    /// <summary>What a browser gets when Google answers so; the lines without the server's Date.</summary>
    public static async Task<(RawResponse Response, string[] Lines)> AnsweredAsync(string answer, string target = "/f807/x", string host = "shop.example")
    {
        await using var google = new RawUpstream();
        google.AnswerWith(answer);
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        var response = await gateway.SendAsync($"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        return (response, Lines(response.Head));
    }

    /// <summary>Header lines, sorted: their order is nobody's promise.</summary>
    public static string[] Lines(string head) =>
        [.. head.Split("\r\n").Skip(1).Where(line => line.Length > 0 && !line.StartsWith("Date:", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
