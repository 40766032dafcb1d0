using System.IO.Pipelines;

namespace TagGateway.Receiving;

/// <summary>A connection whose input is read to its end before the end is noticed.</summary>
internal sealed class DrainingConnection(IDuplexPipe inner) : IDuplexPipe
{
    public PipeReader Input { get; } = new DrainingPipeReader(inner.Input);

    public PipeWriter Output => inner.Output;
}
