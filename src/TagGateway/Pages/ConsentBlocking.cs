namespace TagGateway.Pages;

/// <summary>What is done on pages whose consent platform may block scripts by their addresses.</summary>
internal enum ConsentBlocking
{
    /// <summary>Their tags stay as they are: one of another address would escape the platform.</summary>
    Respect,

    /// <summary>Their tags are made first-party all the same.</summary>
    Ignore,
}
