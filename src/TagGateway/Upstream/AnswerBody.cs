using System.Buffers;
using Microsoft.Net.Http.Headers;
using TagGateway.Limits;

namespace TagGateway.Upstream;

/// <summary>Copies the body of an answer to the visitor, chunk by chunk as it comes. Only the waiting for Google is timed: how long the visitor takes is not Google's
/// fault, and an event stream may be silent as long as somebody listens.</summary>
/// <param name="request">What was asked.</param>
/// <param name="answer">Google's.</param>
/// <param name="values">What instructions are filled with.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerBody(GoogleRequest request, HttpResponseMessage answer, VisitorValues values, TimeProvider time)
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>All the waiting for one answer: what drips for longer is none that Google's contract knows. Event streams alone stay open by their nature, and end with
    /// their visitor.</summary>
    private static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(2);
    private readonly string _type = answer.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentType, out var types) ? types.ToString() : "";

    private TimeSpan _waited;

    /// <summary>The bodies here are copied rather than by YARP, for its single timeout also runs while a slow visitor reads.</summary>
    /// <param name="context">Whose response has its headers, and has not begun.</param>
    public async Task CopyAsync(HttpContext context)
    {
        using var silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(request.VisitorGone, silence.Token);
        await using var source = await answer.Content.ReadAsStreamAsync(idle.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // What it begins with tells what it is, where its type does not.
            var first = MayInstruct && !IsEventStream ? InstructionStream.Beginning.Length : 1;
            var read = await ReadAsync(source, buffer.AsMemory(), first, (silence, idle.Token));
            var instructions = IsInstruction(buffer.AsSpan(0, read)) ? new InstructionStream(values.Find(context, request.Site, writesRegion: false), context.Features.Get<MemoryLease>()) : null;
            if (instructions is not null)
            {
                AnswerHeaders.FitNewBody(context.Response.Headers, length: null);
            }

            for (; read > 0; read = await ReadAsync(source, buffer.AsMemory(), 1, (silence, idle.Token)))
            {
                await WriteAsync(context, instructions is null ? buffer.AsMemory(0, read) : instructions.Next(buffer.AsSpan(0, read)));
            }

            if (instructions is not null)
            {
                await WriteAsync(context, instructions.End());
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool IsEventStream => _type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>Nothing is asked for in a coding where instructions may come; what comes in one all the same passes.</summary>
    private bool MayInstruct =>
        request.Site.IsFull && request.Kind == RequestKind.Beacon && _type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        && !answer.Content.Headers.NonValidated.Contains(HeaderNames.ContentEncoding);

    private bool IsInstruction(ReadOnlySpan<byte> beginning) => MayInstruct && (IsEventStream || beginning.StartsWith(InstructionStream.Beginning));

    private async Task<int> ReadAsync(Stream source, Memory<byte> buffer, int atLeast, (CancellationTokenSource Silence, CancellationToken Ending) idle)
    {
        if (IsEventStream)
        {
            return await source.ReadAtLeastAsync(buffer, atLeast, throwOnEndOfStream: false, idle.Ending);
        }

        var start = time.GetTimestamp();
        var left = MostWaiting - _waited;
        idle.Silence.CancelAfter(left < request.Site.Timeout ? left > TimeSpan.Zero ? left : TimeSpan.Zero : request.Site.Timeout);
        var read = await source.ReadAtLeastAsync(buffer, atLeast, throwOnEndOfStream: false, idle.Ending);
        idle.Silence.CancelAfter(Timeout.InfiniteTimeSpan);
        _waited += time.GetElapsedTime(start);
        return read;
    }

    private async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            await context.Response.Body.WriteAsync(bytes, request.VisitorGone);
            await context.Response.Body.FlushAsync(request.VisitorGone);
        }
    }
}
