using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Sanitizing;

/// <summary>Copies the headers of Google's answer to the browser, less what Google must not decide for the site's own origin.</summary>
internal static class ResponseSanitizer
{
    public const string ServiceWorkerAllowed = "Service-Worker-Allowed";

    /// <summary>How far the service worker reaches, below the measurement path (Google's contract §9.8).</summary>
    public const string WorkerFolder = "/_/service_worker";

    /// <summary>Types that no browser makes a page of that could run anything. Whatever is not among them might be one.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Inert = new[]
    {
        "image/gif", "image/png", "image/jpeg", "image/webp", "image/avif", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon",
        "text/plain", "text/css", "text/event-stream", "application/json", "application/octet-stream",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private const string Nothing = "sandbox; default-src 'none'";
    private const string ImagesOnly = "sandbox; default-src 'none'; img-src *; frame-src *";
    private const string PlainText = "text/plain";

    /// <param name="answer">Google's.</param>
    /// <param name="target">The browser's response headers.</param>
    /// <param name="rules">What the answer may do.</param>
    public static void Copy(HttpResponseMessage answer, IHeaderDictionary target, AnswerRules rules)
    {
        var nominated = answer.Headers.NonValidated.TryGetValues(HeaderNames.Connection, out var connection)
            ? ConnectionHeader.Nominated(new StringValues([.. connection]))
            : null;
        Copy(answer.Headers, target, rules, nominated);
        Copy(answer.Content.Headers, target, rules, nominated);
        // With chunks beside it the length is a lie that HttpClient has looked through (RFC 9112 §6.3), and the browser would not.
        if ((int)answer.StatusCode is 204 or 205 or 304 or < 200 || answer.Headers.TransferEncodingChunked == true)
        {
            target.Remove(HeaderNames.ContentLength);
        }

        // Without it a browser runs as a script whatever is not an image: only what says JavaScript may, and that is checked.
        target.XContentTypeOptions = "nosniff";
        var runs = rules.Document == DocumentRule.Runs && answer.StatusCode == HttpStatusCode.OK && NameOf(target.ContentType).Equals("text/html", StringComparison.OrdinalIgnoreCase);
        // Of what is no page that could run anything none is needed; of whatever else there may be one.
        if (!runs && (int)answer.StatusCode is not (204 or 205 or 304 or < 200) && !IsInert(target.ContentType))
        {
            target.ContentSecurityPolicy = rules.Document == DocumentRule.Images ? ImagesOnly : Nothing;
        }

        if (!rules.MayRun && JavaScriptType.Is(target.ContentType.ToString()))
        {
            target.ContentType = PlainText;
        }
    }

    private static void Copy(HttpHeaders source, IHeaderDictionary target, AnswerRules rules, HashSet<string>? nominated)
    {
        foreach (var (name, values) in source.NonValidated)
        {
            if (DroppedHeaders.Contains(name) || (nominated is not null && nominated.Contains(name)))
            {
                continue;
            }

            foreach (var value in values)
            {
                // A control character would make the server refuse the whole answer.
                if (Passed(name, value, rules) is { } passed && !HeaderSyntax.HasControlCharacter(passed))
                {
                    target[name] = StringValues.Concat(target[name], passed);
                }
            }
        }
    }

    /// <summary>What of the value may reach the browser; null: nothing.</summary>
    private static string? Passed(string name, string value, AnswerRules rules) =>
        name.Equals(HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase) ? (rules.CookieHost is { } host ? SetCookieFilter.Filter(value, host) : null)
        : name.Equals(ServiceWorkerAllowed, StringComparison.OrdinalIgnoreCase) ? (IsWorkerScope(value, rules.MeasurementPath) ? value : null)
        : value;

    /// <summary>With any other value a script of Google's could take over the site's own pages as their service worker.</summary>
    private static bool IsWorkerScope(string value, string? path) =>
        path is not null && value.StartsWith(path, StringComparison.Ordinal) && value.AsSpan(path.Length).SequenceEqual(WorkerFolder);

    private static bool IsInert(StringValues type) => NameOf(type) is { Length: > 0 } name && (Inert.Contains(name) || JavaScriptType.Is(name));

    /// <summary>Empty unless it is exactly one type: of several browsers take the last (Fetch Standard §2.2.2).</summary>
    private static ReadOnlySpan<char> NameOf(StringValues type)
    {
        var text = type.Count == 1 ? type[0].AsSpan() : [];
        var end = text.IndexOf(';');
        return text.Contains(',') ? [] : (end < 0 ? text : text[..end]).Trim();
    }
}
