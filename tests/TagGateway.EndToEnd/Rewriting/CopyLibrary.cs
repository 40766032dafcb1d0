using System.Text;
using TagGateway.Demo.Google;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>Google as it serves saved scripts: a tag whose script is not at hand gets one of the same kind and of about the same time, made out to it. Whatever
/// else is asked for is answered with next to nothing.</summary>
/// <param name="copies">All there are.</param>
/// <param name="main">The page's own.</param>
internal sealed class CopyLibrary(IReadOnlyList<ScriptCopy> copies, ScriptCopy main)
{
    private static readonly byte[] Gif = Encoding.Latin1.GetBytes("GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");

    private const int TwoMonths = 2 * 36 * 36;

    /// <summary>Scripts are served to somebody in Berlin.</summary>
    public bool IsInBerlin { get; set; }

    public GoogleAnswer? Answer(RecordedRequest request)
    {
        if (request.Kind == RequestKind.Script)
        {
            return Script(request) is { } copy ? JavaScript(copy) : null;
        }

        if (request.Kind == RequestKind.Hit && RawQuery.Find(request.Query, "fmt") == "4" && !request.RawTarget.Contains("viewthrough", StringComparison.Ordinal))
        {
            // Sent as a script element.
            return JavaScript("(function(){var s = ''; (new Image()).src='https://www.google.com/pagead/1p-user-list/1000001/?fmt\\x3d3\\x26from\\x3danswer';})();");
        }

        if (request.Kind is not (RequestKind.Unknown or RequestKind.Refused))
        {
            return null;
        }

        // Somebody else's host, or an address of Google's that the stand-in does not know.
        return request.Header("Sec-Fetch-Dest") switch
        {
            "script" => JavaScript(";"),
            "image" => Answer(request, "image/gif", Gif),
            "iframe" => Answer(request, "text/html; charset=utf-8", "<!doctype html><title></title>"u8.ToArray()),
            "style" => Answer(request, "text/css", []),
            _ => Answer(request, "text/plain", []),
        };
    }

    private string? Script(RecordedRequest request)
    {
        var path = request.RawTarget.Split('?')[0];
        if (path == "/analytics.js")
        {
            return main.Kind == ScriptCopyKind.Analytics ? main.Text : null;
        }

        if (RawQuery.Find(request.Query, "id") is not { } id || path is not ("/gtag/js" or "/gtm.js" or "/gtag/destination"))
        {
            return null;
        }

        var wanted = path == "/gtm.js" ? ScriptCopyKind.Container : path == "/gtag/js" ? ScriptCopyKind.Tag : ScriptCopyKind.Destination;
        var found = main.Id == id ? main : Nearest(wanted, id) ?? Nearest(ScriptCopyKind.Tag, id) ?? Nearest(ScriptCopyKind.Destination, id);
        return found is null ? null : (IsInBerlin ? found.InBerlin() : found.AsWith(main)).As(id);
    }

    /// <summary>Names begin with the release.</summary>
    private ScriptCopy? Nearest(ScriptCopyKind kind, string id) => copies
        .Where(copy => copy.Kind == kind)
        .OrderByDescending(copy => copy.Id == id)
        .ThenBy(copy => Math.Abs(Time(copy.Name) - Time(main.Name)) > TwoMonths) // releases far apart do not work together
        .ThenByDescending(copy => copy.Id.Split('-')[0] == id.Split('-')[0])
        .ThenBy(copy => Math.Abs(Time(copy.Name) - Time(main.Name)))
        .ThenBy(copy => copy.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Of the release code: year, month, day and build in one character each.</summary>
    private static int Time(string name) => name.Take(4).Aggregate(0, (sum, digit) => (36 * sum) + (char.IsAsciiDigit(digit) ? digit - '0' : digit - 'a' + 10));

    private static GoogleAnswer JavaScript(string text) => new(
        200,
        [new("Content-Type", "application/javascript; charset=UTF-8"), new("Cache-Control", "private, max-age=900"), new("Cross-Origin-Resource-Policy", "cross-origin"), new("Access-Control-Allow-Origin", "*")],
        Encoding.UTF8.GetBytes(text));

    private static GoogleAnswer Answer(RecordedRequest request, string type, byte[] body) => new(
        body.Length == 0 ? 204 : 200,
        [
            new("Content-Type", type), new("Cache-Control", HitAnswer.NoStore), new("Cross-Origin-Resource-Policy", "cross-origin"),
            new("Access-Control-Allow-Origin", request.Header("Origin") ?? "*"), new("Access-Control-Allow-Credentials", "true"), new("Access-Control-Allow-Headers", "*, content-type"),
        ],
        body);
}
