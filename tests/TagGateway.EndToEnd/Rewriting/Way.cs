namespace TagGateway.EndToEnd.Rewriting;

/// <summary>How a page's tag comes to Google.</summary>
internal enum Way
{
    /// <summary>No gateway: all goes straight to Google's ordinary hosts.</summary>
    Plain,

    /// <summary>By Google's contract alone: what it leaves to Google's own hosts goes there.</summary>
    Official,

    /// <summary>All of it through the gateway, scripts from <c>fps.goog</c>.</summary>
    FullByGateway,

    /// <summary>All of it through the gateway, scripts from Google's ordinary hosts.</summary>
    FullByGoogle,
}
