namespace TagGateway.Limits;

/// <summary>Why a connection is closed as soon as it comes.</summary>
internal enum ConnectionRefusal
{
    /// <summary>The client has as many as it may have, and none of them is idle.</summary>
    ClientShare,

    /// <summary>All clients together have as many as there may be.</summary>
    Limit,
}
