using System.Buffers;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>An answer that the tag obeys while it comes: blocks of <c>event: message LF data: {json} LF LF</c> that name further addresses to ask
/// (tags of 2023 and later). Passed on as it is.</summary>
/// <param name="site">Whose.</param>
/// <param name="context">The visitor's request.</param>
internal sealed class InstructionStream(Site site, HttpContext context)
{
    private readonly ArrayBufferWriter<byte> _ready = new();

    /// <summary>What every one begins with.</summary>
    public static ReadOnlySpan<byte> Beginning => "event: message"u8;

    public Site Site => site;

    public HttpContext Context => context;

    /// <summary>What may be passed on by now, good until the next call; empty: nothing yet.</summary>
    /// <param name="chunk">The next bytes, cut anywhere; only read during the call.</param>
    public ReadOnlyMemory<byte> Next(ReadOnlySpan<byte> chunk)
    {
        _ready.ResetWrittenCount();
        _ready.Write(chunk);
        return _ready.WrittenMemory;
    }

    /// <summary>What is left at the end of the answer.</summary>
    public ReadOnlyMemory<byte> End()
    {
        _ready.ResetWrittenCount();
        return _ready.WrittenMemory;
    }
}
