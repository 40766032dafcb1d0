namespace TagGateway.Limits;

/// <summary>What one client or one site holds of the memory budget.</summary>
internal sealed class ByteShare
{
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Adds <paramref name="bytes"/> unless the share would then hold more than <paramref name="limit"/>.</summary>
    public bool TryAdd(long bytes, long limit)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref _bytes, -bytes);
        return false;
    }

    /// <summary>Adds <paramref name="bytes"/> whatever the share holds already.</summary>
    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Remove(long bytes) => Interlocked.Add(ref _bytes, -bytes);
}
