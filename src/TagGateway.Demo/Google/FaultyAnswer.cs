using System.Text;
using Microsoft.AspNetCore.Http;

namespace TagGateway.Demo.Google;

/// <summary>Sends an answer, with or without a fault laid over it.</summary>
internal static class FaultyAnswer
{
    private const int LongestLine = 8000;
    private static readonly byte[] Comment = "/* synthetic filling, nothing to read here */\n"u8.ToArray();

    /// <summary>Returns when all is sent; throws when the connection or <paramref name="cancellationToken"/> ends first.</summary>
    public static async Task SendAsync(HttpContext context, GoogleAnswer answer, Fault? fault, TimeProvider time, CancellationToken cancellationToken)
    {
        if (fault is null)
        {
            await SendBodyAsync(context, answer, answer.Body.Length, cancellationToken);
            return;
        }

        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, time, cancellationToken);
        }

        if (fault.Reset)
        {
            context.Abort();
            return;
        }

        var faulty = Apply(answer, fault);
        var length = fault.HalfBody ? faulty.Body.Length / 2 : Math.Min(fault.StallAfterBytes ?? int.MaxValue, faulty.Body.Length);
        await SendBodyAsync(context, faulty, length, cancellationToken);
        if (fault.HalfBody)
        {
            context.Abort();
        }
        else if (fault.StallAfterBytes is not null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
    }

    private static GoogleAnswer Apply(GoogleAnswer answer, Fault fault)
    {
        var changed = fault.Status is { } status ? GoogleAnswer.Text(status, fault.Body ?? "scripted fault")
            : fault.Body is { } body ? answer with { Body = Encoding.UTF8.GetBytes(body) }
            : answer;
        if (fault.BodyBytes > changed.Body.Length)
        {
            // The filling is clear text: a compressed answer is one no longer.
            changed = changed with { Body = Fill(changed.Body, fault.BodyBytes), Headers = Without(changed.Headers, "Content-Encoding") };
        }

        if (fault.ContentType is { } type)
        {
            changed = changed with { Headers = [.. Without(changed.Headers, "Content-Type"), new("Content-Type", type)] };
        }

        return changed.With(ExtraHeaders(fault)).With(fault.Headers);
    }

    private static IEnumerable<HeaderLine> ExtraHeaders(Fault fault)
    {
        if (fault.NonAsciiHeader)
        {
            yield return new("X-Odd", "caf\u00e9 \u00ff");
        }

        for (int left = fault.ExtraHeaderBytes, line = 1; left > 0; left -= LongestLine, line++)
        {
            yield return new($"X-Extra-{line}", new string('x', Math.Min(left, LongestLine)));
        }
    }

    private static List<HeaderLine> Without(IEnumerable<HeaderLine> headers, string name) =>
        [.. headers.Where(line => !line.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];

    private static byte[] Fill(ReadOnlyMemory<byte> body, int length)
    {
        var filled = new byte[length];
        body.CopyTo(filled);
        filled.AsSpan(body.Length).Fill((byte)'\n');
        for (var i = body.Length + 1; i + Comment.Length < length; i += Comment.Length)
        {
            Comment.CopyTo(filled, i);
        }

        return filled;
    }

    private static async Task SendBodyAsync(HttpContext context, GoogleAnswer answer, int length, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var line in answer.Headers)
        {
            response.Headers.Append(line.Name, line.Value);
        }

        if (answer.Status is not (204 or 304))
        {
            response.ContentLength = answer.Body.Length;
        }

        if (!HttpMethods.IsHead(context.Request.Method) && length > 0 && response.ContentLength > 0)
        {
            await response.Body.WriteAsync(answer.Body[..length], cancellationToken);
        }

        await response.Body.FlushAsync(cancellationToken);
    }
}
