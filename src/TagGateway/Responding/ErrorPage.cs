using System.Text.Unicode;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using TagGateway.Configuration;

namespace TagGateway.Responding;

/// <summary>A page of the operator's that people see when their website does not answer. Held in memory, read when the configuration is.</summary>
internal sealed class ErrorPage
{
    public const int MaxBytes = 1024 * 1024;

    private readonly byte[] _html;
    private readonly string _type;

    private ErrorPage(byte[] html)
    {
        _html = html;
        // Another encoding is the page's own to name.
        _type = IsUtf8(html) ? "text/html; charset=utf-8" : "text/html";
    }

    /// <summary>Never throws: on failure null, and the problem in words that follow the file's name.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="files">Reads it.</param>
    /// <param name="problem">Null when there is none.</param>
    public static ErrorPage? Read(string path, OperatorFiles files, out string? problem)
    {
        var content = files.Read(path, MaxBytes);
        problem = content.Problem ?? (content.Bytes.Length == 0 ? "is empty" : null);
        return problem is null ? new ErrorPage(content.Bytes) : null;
    }

    /// <summary>Whether <c>text/html</c> is named: what asks for anything (<c>*/*</c>: images, scripts, programs) wants no page.</summary>
    public static bool IsWantedBy(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out var types)
        && types.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality != 0);

    /// <param name="context">Whose response has not begun.</param>
    /// <param name="status">An error.</param>
    public Task WriteAsync(HttpContext context, int status) => PlainAnswer.WriteBodyAsync(context, status, _type, _html);

    private static bool IsUtf8(byte[] bytes) => Utf8.IsValid(bytes);
}
