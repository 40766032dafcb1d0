using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TagGateway.Configuration;
using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

/// <summary>Rules and headers for tests.</summary>
internal static class SomePages
{
    public static PageRules Rules(Action<PageOptions>? change = null, string[]? ids = null, string path = "/f807", bool isFull = false)
    {
        var options = new PageOptions { Tag = PageTagHandling.Rewrite };
        change?.Invoke(options);
        var errors = new ConfigurationErrors();
        var rules = PageRules.Parse(options, enabled: true, ids ?? ["G-MAIN1"], path, isFull, "page", errors);
        Assert.True(errors.IsEmpty);
        return rules!; // it is enabled
    }

    /// <param name="lines"><c>Name: value</c>, parted by '|'.</param>
    public static HeaderDictionary Headers(string lines)
    {
        var headers = new HeaderDictionary();
        foreach (var line in lines.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            headers[name] = StringValues.Concat(headers[name], value);
        }

        return headers;
    }

    /// <summary>In the order of the names.</summary>
    public static string Text(IHeaderDictionary headers) =>
        string.Join('|', headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}"));
}
