using TagGateway.Html;
using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public sealed class PageGateTests
{
    [Theory]
    [InlineData(200, "/", "Content-Type: text/html", PageReason.None)]
    [InlineData(200, "/", "Content-Type: Text/HTML; charset=utf-8", PageReason.None)]
    [InlineData(404, "/", "Content-Type: text/html", PageReason.None)]
    [InlineData(503, "/", "Content-Type: text/html", PageReason.None)]
    [InlineData(200, "/", "Content-Type: text/html|Content-Encoding: zstd", PageReason.None)]
    [InlineData(200, "/", "Content-Type: text/html|X-Tag-Gateway: on", PageReason.None)]
    [InlineData(200, "/", "Content-Type: text/html|Cache-Control: x=\"no-transform\"", PageReason.None)]
    [InlineData(200, "/admin/x", "Content-Type: text/html", PageReason.Excluded)]
    [InlineData(200, "/", "Content-Type: text/html|X-Tag-Gateway: OFF", PageReason.TurnedOff)]
    [InlineData(200, "/", "Content-Type: text/html|Cache-Control: private, No-Transform", PageReason.NoTransform)]
    [InlineData(206, "/", "Content-Type: text/html", PageReason.Partial)]
    [InlineData(200, "/", "Content-Type: text/html|Content-Range: bytes 0-1/2", PageReason.Partial)]
    [InlineData(200, "/", "Content-Type: text/html|Content-Encoding: deflate", PageReason.Coding)]
    [InlineData(200, "/", "Content-Type: text/html|Content-Encoding: gzip, br", PageReason.Coding)]
    [InlineData(200, "/", "Content-Type: text/html; charset=utf-16", PageReason.Charset)]
    public void Judge_Page_IsRewrittenOrLeftForAReason(int status, string path, string headers, object expected) => Assert.Equal(expected, Judge(status, path, headers));

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "Content-Type: text/htmlx")]
    [InlineData(200, "Content-Type: application/json")]
    [InlineData(200, "Content-Type: text/html|Content-Type: text/html")]
    [InlineData(101, "Content-Type: text/html")]
    [InlineData(204, "Content-Type: text/html")]
    [InlineData(205, "Content-Type: text/html")]
    [InlineData(302, "Content-Type: text/html")]
    [InlineData(304, "Content-Type: text/html")]
    public void Judge_NoPage_IsNull(int status, string headers) => Assert.Null(Judge(status, "/", headers));

    private static PageReason? Judge(int status, string path, string headers) =>
        PageGate.Judge(SomePages.Rules(options => options.Exclude = ["/admin/*"]), path, status, SomePages.Headers(headers));
}
