using System.Net;
using System.Text;
using TagGateway.Receiving;
using TagGateway.Routes;
using TagGateway.Sites;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class AnswerBodyTests
{
    private const string Blocks = "event: message\ndata: {\"send_pixel\":[\"https://www.google.com/x\"]}\n\n";

    /// <summary>Its length is the visitor's no more: it may be rewritten.</summary>
    [Theory]
    [InlineData("text/event-stream", "data: x\n\n", true, null, false)]
    [InlineData("text/plain", Blocks, true, null, false)]
    [InlineData("text/html; charset=UTF-8", Blocks, true, null, false)]
    [InlineData("text/plain", Blocks, true, "gzip", true)]
    [InlineData("text/plain", Blocks, false, null, true)]
    [InlineData("text/plain", "event: mess", true, null, true)]
    [InlineData("text/plain", "other", true, null, true)]
    [InlineData("text/plain", "", true, null, true)]
    [InlineData("image/gif", Blocks, true, null, true)]
    public async Task Copy_Body_IsWholeAndInstructionsLoseTheirLength(string type, string body, bool isFull, string? coding, bool keepsLength)
    {
        for (var size = 1; size <= body.Length + 1; size++)
        {
            var context = SomeContext.Create();
            context.Features.Set(new Visitor(null, default, isViaTrustedProxy: false));
            context.Response.Headers.ContentLength = body.Length;
            using var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new SlowStream(body, size)) };
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            _ = coding is not null && answer.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);

            await new AnswerBody(Request(isFull), answer, new VisitorValues(), TimeProvider.System).CopyAsync(context);

            Assert.Equal(body, SomeContext.BodyOf(context));
            Assert.Equal(keepsLength ? body.Length : null, context.Response.Headers.ContentLength);
        }
    }

    private static GoogleRequest Request(bool isFull)
    {
        Assert.True(HostRoutes.TryFind("www.google.com/ccm/collect", out var route));
        var target = new MeasurementTarget(SomeSite.Create(isFull: isFull), "/f807/-/www.google.com/ccm/collect", "") { Route = route };
        return new GoogleRequest(target, new Visitor(null, default, false), RequestKind.Beacon, target.Site.MainTag, null, default);
    }

    /// <summary>Gives its bytes a few at a time.</summary>
    private sealed class SlowStream(string text, int size) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
